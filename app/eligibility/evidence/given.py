"""Evidence and facts as somebody hands them in, before they are stored."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.eligibility.judging.facts import FactValue
from app.kernel.money import NOTHING, Money


@dataclass(frozen=True, slots=True)
class GivenDocument:
    """A document with its content; `ref` is how facts of the same bundle point to it."""

    ref: str
    kind: str
    title: str
    dated: date
    valid_from: date
    content: bytes
    media_type: str
    file_name: str
    valid_to: date | None = None
    review_due: date | None = None
    member_key: str | None = None
    demonstration: bool = False
    confidential: bool = True


@dataclass(frozen=True, slots=True)
class GivenFact:
    """A statement; without `ref` it has no document and therefore decides nothing."""

    scope_type: str
    scope_key: str
    key: str
    value: FactValue
    valid_from: date
    valid_to: date | None = None
    review_due: date | None = None
    ref: str | None = None


@dataclass(frozen=True, slots=True)
class GivenTurnover:
    """A closed fiscal year of `body`, amounts net and without grants."""

    body: str
    year: int
    members: Money
    nonmembers_public: Money
    private: Money
    ref: str
    grants: Money = NOTHING
    consolidated: bool = False
    group_parent: bool = False
    basis: str = "turnover"
    revision: int = 1
    reason: str = ""

    @property
    def total(self) -> Money:
        return self.members + self.nonmembers_public + self.private


@dataclass(frozen=True, slots=True)
class Bundle:
    """What is stored together."""

    documents: tuple[GivenDocument, ...] = ()
    facts: tuple[GivenFact, ...] = ()
    turnover: tuple[GivenTurnover, ...] = ()


def together(bundles: Iterable[Bundle]) -> Bundle:
    """One bundle of several; their refs must differ."""
    parts = list(bundles)
    return Bundle(
        documents=tuple(item for part in parts for item in part.documents),
        facts=tuple(item for part in parts for item in part.facts),
        turnover=tuple(item for part in parts for item in part.turnover),
    )
