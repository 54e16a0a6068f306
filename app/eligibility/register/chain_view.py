"""The state of the evidence per link: members, cooperative, company, networks, agreements."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.eligibility.evidence.counting import every_evidence
from app.eligibility.evidence.due import Due, dated_facts
from app.eligibility.evidence.queries import asked_overrides, waiting_documents
from app.eligibility.evidence.remind_of_evidence import STAGES
from app.eligibility.judging.case import COOPERATIVE, OPERATING_COMPANY, OPERATING_LINK
from app.eligibility.register.standing import Register, member_register
from app.frameworks.records import Framework
from app.kernel.legal_day import legal_day

NAMES: Final = {
    COOPERATIVE: "Genossenschaft",
    OPERATING_COMPANY: "Betriebsgesellschaft",
    f"chain_link:{OPERATING_LINK}": "Genossenschaft → Betriebsgesellschaft",
}


@dataclass(frozen=True, slots=True)
class LinkRow:
    """One link: how many statements count, and how many of them end when."""

    title: str
    href: str
    statements: int
    expired: int
    within: dict[int, int]
    next_day: date | None


@dataclass(frozen=True, slots=True)
class ChainView:
    """All links, and what waits for somebody."""

    rows: tuple[LinkRow, ...]
    register: Register
    waiting: int
    asked: int

    @property
    def expired(self) -> int:
        return sum(row.expired for row in self.rows)

    def within(self, days: int) -> int:
        return sum(row.within[days] for row in self.rows)


def chain_view(session: Session, now: datetime) -> ChainView:
    """As of today; members count as one link, each agreement as its own."""
    day = legal_day(now)
    evidence = every_evidence(session, day)
    due = {item.fact.number: item for item in dated_facts(evidence, day)}
    documented = [fact for fact in evidence.facts if fact.document is not None]
    of: dict[str, list[int]] = {}
    for fact in documented:
        of.setdefault("member" if fact.scope.startswith("member:") else fact.scope, []).append(
            fact.number
        )
    titles = _titles(session)
    rows = tuple(
        _row(scope, titles, [due[number] for number in numbers if number in due], len(numbers), day)
        for scope, numbers in sorted(of.items(), key=lambda item: _order(item[0]))
    )
    return ChainView(
        rows,
        member_register(session, now),
        len(waiting_documents(session)),
        len(asked_overrides(session)),
    )


def _titles(session: Session) -> dict[str, str]:
    agreements = session.execute(select(Framework.number, Framework.title)).all()
    return NAMES | {f"framework:{number}": f"{number}: {title}" for number, title in agreements}


def _row(
    scope: str, titles: dict[str, str], due: Iterable[Due], statements: int, day: date
) -> LinkRow:
    dated = list(due)
    left = [(item.day - day).days for item in dated]
    kind, _, key = scope.partition(":")
    href = {
        "member": "/inhouse-register",
        "framework": f"/rahmenvertraege/{key}",
    }.get(kind, "/inhouse-register/genossenschaft")
    return LinkRow(
        title="Mitglieder" if scope == "member" else titles.get(scope, f"Partnernetzwerk {key}"),
        href=href,
        statements=statements,
        expired=sum(days < 0 for days in left),
        within={stage: sum(0 <= days <= stage for days in left) for stage in STAGES},
        next_day=min((item.day for item in dated if item.day >= day), default=None),
    )


def _order(scope: str) -> tuple[int, str]:
    places = ("member", COOPERATIVE, f"chain_link:{OPERATING_LINK}", OPERATING_COMPANY)
    if scope in places:
        return places.index(scope), scope
    return len(places) + scope.startswith("framework:"), scope
