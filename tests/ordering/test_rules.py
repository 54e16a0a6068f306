"""The table of moves: every pair of state and move is decided."""

from itertools import product

import pytest

from app.ordering.rules import (
    FINAL,
    MOVES,
    SIDES,
    IllegalMove,
    Move,
    Side,
    State,
    after,
    open_moves,
)


@pytest.mark.parametrize(("state", "move"), list(product(State, Move)))
def test_every_pair_of_state_and_move_is_decided(state: State, move: Move) -> None:
    if (state, move) in MOVES:
        assert after(state, move) is MOVES[state, move]
        return
    with pytest.raises(IllegalMove):
        after(state, move)


def test_only_moves_of_the_table_are_offered() -> None:
    assert set(SIDES) <= set(MOVES)
    for state in State:
        assert all((state, move) in MOVES for move in open_moves(state, frozenset(Side)))


def test_a_rejected_or_cancelled_order_never_moves_again() -> None:
    for state in (State.REJECTED, State.CANCELLED):
        assert state in FINAL
        assert not [pair for pair in MOVES if pair[0] is state]


def test_the_member_cancels_until_confirmed_and_then_the_desk() -> None:
    orderer, desk = frozenset({Side.ORDERER}), frozenset({Side.DESK})
    mine = {state for state in State if Move.CANCEL in open_moves(state, orderer)}
    theirs = {state for state in State if Move.CANCEL in open_moves(state, desk)}
    assert mine == {State.BLOCKED_EVIDENCE, State.IN_APPROVAL, State.APPROVED, State.PLACED}
    assert theirs == {State.PLACED, State.CONFIRMED, State.PARTIALLY_DELIVERED}


def test_what_is_delivered_is_never_cancelled() -> None:
    assert after(State.PARTIALLY_DELIVERED, Move.CANCEL) is State.DELIVERED
    with pytest.raises(IllegalMove):
        after(State.DELIVERED, Move.CANCEL)
