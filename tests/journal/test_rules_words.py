"""Entries of the chains in German."""

from app.journal.rules_words import action_word, actions_called, actor_word, stream_word
from app.ordering.changing.rules import ChangeStep
from app.ordering.rules import Move

NEVER_ON_RECORD = {Move.SUBMIT, Move.APPROVE}  # recorded as submitted, place or step_approved


def test_every_move_of_an_order_has_german_words() -> None:
    codes = [f"call_off.{move.value}" for move in Move if move not in NEVER_ON_RECORD]
    codes += [f"call_off.change.{step.value}" for step in ChangeStep]

    assert [code for code in codes if action_word(code) == code] == []


def test_a_code_without_words_stays_as_it_is() -> None:
    assert action_word("new.thing") == "new.thing"
    assert actor_word("worker") == "worker"
    assert stream_word("other") == "other"


def test_chains_and_people_are_named_without_names() -> None:
    assert stream_word("cooperative") == "Genossenschaft"
    assert stream_word("member:15001000") == "Mitglied 15001000"
    assert actor_word("person:7") == "Person 7"
    assert actor_word("system") == "Portal"


def test_german_words_find_the_codes() -> None:
    assert actions_called("STORNIERT") == ("call_off.cancel", "invoice.cancelled")
