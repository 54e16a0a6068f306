"""In a large catalog a drawn sample says how PostgreSQL comes to the lowest ids soonest."""

from dataclasses import replace

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app.catalog.finding.candidates import Candidates, Looked, Question
from app.catalog.finding.expression import AllOf, AnyOf, Expression, Word
from app.catalog.finding.fragments import drawn_numbers
from app.catalog.finding.sample import Sample, drawn
from app.catalog.finding.shape import Way, candidates
from app.catalog.finding.shelves import shelves
from app.catalog.finding.understand import Understood
from app.catalog.records import Article
from tests.catalog.importing import small_catalog
from tests.support import world
from tests.support.clock import TODAY

DRAWN = Sample(
    step=100,
    saying={
        "drucker": frozenset(range(100, 400_001, 200)),
        "ricoh": frozenset(range(100, 400_001, 400)),
        "scanner": frozenset(range(300, 400_001, 400)),
        "plotter": frozenset(range(390_000, 400_001, 100)),
        "beamer": frozenset((50_000, 200_000, 350_000)),
    },
    numbers=drawn_numbers({}),
)


@pytest.mark.parametrize(
    ("wanted", "last"),
    [
        pytest.param(Word("drucker"), 3_500, id="every second says it: the 18th of the sample"),
        pytest.param(AllOf((Word("drucker"), Word("ricoh"))), 6_900, id="both words"),
        pytest.param(AnyOf((Word("ricoh"), Word("scanner"))), 3_500, id="either word"),
        pytest.param(AllOf((Word("ricoh"), Word("scanner"))), None, id="never together"),
        pytest.param(Word("plotter"), None, id="many, but only at the end"),
        pytest.param(Word("beamer"), None, id="too few"),
        pytest.param(Word("toner"), None, id="nobody"),
    ],
)
def test_entries_are_read_in_order_where_enough_come_soon(
    wanted: Word | AllOf | AnyOf, last: int | None
) -> None:
    assert DRAWN.last_to_read(DRAWN.all_saying(wanted), most=1_001) == last


@pytest.mark.parametrize(
    ("wanted", "asked"),
    [
        pytest.param(Word("drucker"), ["drucker"], id="one word"),
        pytest.param(
            AllOf((Word("drucker"), AllOf((Word("beamer"), Word("ricoh"))))),
            ["beamer", "ricoh"],
            id="few say the rare one, and still fewer both",
        ),
        pytest.param(
            AllOf((Word("drucker"), Word("ricoh"))), ["ricoh"], id="who says one says both"
        ),
        pytest.param(
            AllOf((Word("drucker"), Word("ricoh"), Word("scanner"))),
            ["ricoh", "scanner"],
            id="never together",
        ),
        pytest.param(AllOf((Word("drucker"), Word("toner"))), ["toner"], id="nobody says one"),
    ],
)
def test_the_index_is_asked_for_the_rarest_words_only(wanted: Expression, asked: list[str]) -> None:
    assert DRAWN.rarest(wanted) == [Word(one) for one in asked]


@pytest.mark.parametrize("every", [2, 7, 10, 250])
def test_the_sample_holds_articles_of_every_place_in_a_catalog_that_repeats_itself(
    every: int,
) -> None:
    ids = drawn(1_000_000)

    assert {one % every for one in ids} == set(range(every))
    assert ids == sorted(ids)
    assert 0 < ids[0] < ids[-1] <= 1_000_000


@pytest.mark.parametrize(
    ("fragment", "parts"),
    [
        pytest.param("b81", ("b81",) * 3, id="no part of it is shorter"),
        pytest.param("1b81", ("b81", "1b8", "b81"), id="two parts"),
        pytest.param("kitu1b81", ("b81", "1b8", "u1b"), id="three rare ones"),
        pytest.param("106r0", ("106", "106", "106"), id="the others are common"),
        pytest.param("zzzkitu", ("zki", "zzk", "zzz"), id="unknown ones first"),
    ],
)
def test_of_a_fragment_the_rarest_parts_are_asked_for(
    fragment: str, parts: tuple[str, ...]
) -> None:
    numbers = {number: f"kitu{number % 3} 06r0{number % 2}" for number in range(1, 101)}
    numbers |= {1: "kitu1b81", 2: "kitu1b82", 3: "kitu1b82", 4: "106r00", 5: "tu1"}

    assert drawn_numbers(numbers).rarest(fragment) == parts


def test_the_sample_tells_whose_number_holds_a_fragment() -> None:
    drawn_ones = drawn_numbers({10: "kitu1 4711", 20: "kitu2 4712", 30: "kitu3 471 1247"})

    assert [*drawn_ones.holding("4711")] == [10]
    assert [*drawn_ones.holding("471")] == [10, 20, 30]
    assert [*drawn_ones.holding("47")] == [10, 20, 30]
    assert [*drawn_ones.holding("1kitu")] == []


def looked_for(session: Session, most: int, fragments: tuple[str, ...] = ()) -> Question:
    looking = Candidates(session, Looked(TODAY, None, shelves(session), {}))
    wanted = AnyOf((Word("notebook"), Word("monitor"), Word("docking")))
    return looking.of(Understood(wanted, fragments, (), ()), {}, most)


@pytest.mark.parametrize("fragments", [(), ("nb1",), ("nb1", "b14")])
@pytest.mark.parametrize(
    ("most", "last"),
    [
        pytest.param(2, 1_000_000, id="all are read"),
        pytest.param(100, 0, id="all come from the index"),
        pytest.param(100, 2, id="some of each"),
    ],
)
def test_every_way_finds_the_same(
    session: Session, most: int, last: int, fragments: tuple[str, ...]
) -> None:
    if session.get_bind().dialect.name == "sqlite":
        pytest.skip("SQLite's index gives the lowest ids first")
    small_catalog(session, world.workplace_hardware(session))
    asked = looked_for(session, most, fragments)
    first = min(session.scalars(select(Article.id)))
    values = {**asked.values, "last": first + last, "meant": asked.values["match"]}

    ways = [(way, way is not Way.PLANNED) for way in Way]
    ways += [] if fragments else [(Way.FETCHED, False)]
    planned, *others = (
        session.execute(candidates(replace(asked.shape, way=way, row_says=says)), values).all()
        for way, says in ways
    )

    assert len(planned) >= 1
    assert all(other == planned for other in others)


def test_the_index_is_asked_only_where_reading_in_order_gave_too_few(session: Session) -> None:
    """Without the gate PostgreSQL fetches all that the index names, tens of thousands."""
    if session.get_bind().dialect.name == "sqlite":
        pytest.skip("SQLite's index gives the lowest ids first")
    small_catalog(session, world.workplace_hardware(session))
    asked = looked_for(session, 2)
    values = {**asked.values, "last": 10**6, "meant": asked.values["match"]}
    statement = candidates(replace(asked.shape, way=Way.READ)).params(**values)
    said = statement.compile(session.connection(), compile_kwargs={"literal_binds": True})

    plan = [line for (line,) in session.execute(text(f"EXPLAIN (ANALYZE, TIMING OFF) {said}"))]

    gate = next(at for at, line in enumerate(plan) if "One-Time Filter" in line)
    behind = [line for line in plan[gate + 1 :] if "search_entry" in line]
    assert behind
    assert all("never executed" in line for line in behind), plan
