"""In-house decisions: judging without and with the database, proving files, walking the chains."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Final
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.audit.append import Happening, append, member_stream
from app.audit.verify import verify_chains
from app.database.all_records import all_tables
from app.database.base import table_of
from app.database.engine import open_engine, sessions
from app.eligibility import assess_case as kept
from app.eligibility.assess_case import Question, assess_case
from app.eligibility.deciding.verify_chains import verify_decision_chains
from app.eligibility.judging.assess import assess
from app.eligibility.judging.case import Case, LotOutlook, RegisterEntry
from app.eligibility.judging.snapshot import GENESIS, Recording, exported, sealed
from app.eligibility.judging.verify_decision import verify_decision
from app.eligibility.records import DecisionHead, EligibilityDecision
from app.eligibility.rules import Phase
from app.frameworks.records import Framework
from app.members.records import Member
from app.members.rules import BodyKind
from app.operations.migrate import upgrade_database
from tests.eligibility.cases import GOOD, with_fact, with_framework
from tests.support.clock import TODAY
from tests.support.evidence import complete_evidence
from tests.support.world import body, settled

DECISION_GATES: Final = {
    "decision_p99_ms": (5.0, "≤"),
    "decision_with_io_p99_ms": (15.0, "≤"),
    "verified_rows_per_second": (20_000.0, "≥"),
}
MEMBERS: Final = 112
ASKED: Final = 2_000
DECISIONS: Final = 20_000
EVENTS: Final = 80_000
PROOFS: Final = 500
BATCH: Final = 1_000


class Unsound(Exception):
    """Something that was just written does not prove itself."""


def decision_figures(folder: Path, rows: tuple[int, int] = (DECISIONS, EVENTS)) -> dict[str, float]:
    """Milliseconds of a decision, p99, and rows or files that are proven in a second."""
    engine = open_engine(f"sqlite:///{folder}/decisions.db")
    upgrade_database(engine)
    all_tables()
    with sessions(engine).begin() as session:
        question = _world(session)
    with sessions(engine)() as session:
        with_io = _p99(lambda: _judged_anew(session, question), ASKED // 4)
    with sessions(engine).begin() as session:
        _decided(session, rows[0])
        _logged(session, rows[1])
    with sessions(engine)() as session:
        rate = sum(rows) / _seconds(lambda: _walked(session))
    engine.dispose()
    case = whole_case()
    return {
        "decision_p99_ms": _p99(lambda: assess(case), ASKED),
        "decision_with_io_p99_ms": with_io,
        "verified_rows_per_second": rate,
        "proofs_per_second": PROOFS / _seconds(lambda: _proven(case)),
    }


def whole_case() -> Case:
    """Every rule asked: a chain of four links, a partner network, doubtful members, limits."""
    case = with_framework(
        GOOD,
        chain_link="partner",
        call_off_mode="cascade",
        minimum_order=GOOD.order.net if GOOD.order else None,
        outlooks=(LotOutlook(1, "lasts", TODAY + timedelta(days=900)),),
    )
    case = with_fact("chain_link:partner", "active", True, case)
    case = with_fact("chain_link:partner", "control_opinion", True, case)
    entries = tuple(
        RegisterEntry(f"gmbh-{number}", f"Stadtwerke {number} GmbH", "eigengesellschaft", "§ 99")
        for number in range(12)
    )
    for entry in entries:
        case = with_fact(entry.scope, "no_private_shareholders_or_members", True, case)
    return replace(case, register=replace(case.register, count=MEMBERS, doubtful=entries))


def _world(session: Session) -> Question:
    world = settled(session)
    for number in range(MEMBERS - 2):
        facts = {
            "key": f"1599{number:04}",
            "name": f"Gemeinde {number}",
            "body_kind": BodyKind.EINHEITSGEMEINDE,
            "contracting_authority_basis": "§ 99 Nr. 1 GWB",
            "street": "Markt 1",
            "postal_code": "39000",
            "city": "Markt",
        }
        body(session, facts, member_since=TODAY - timedelta(days=900))
    complete_evidence(session)
    at = datetime.combine(TODAY, datetime.min.time(), UTC) + timedelta(hours=11)
    return Question(world.dessau.id, at, Phase.PREVIEW, world.framework.id)


def _judged_anew(session: Session, question: Question) -> None:
    """As if nothing had ever been kept: every fact is read from the database."""
    kept.forget()
    assess_case(session, question)


def _decided(session: Session, count: int) -> None:
    """A chain of real documents, written in batches."""
    member = session.scalars(select(Member.id).order_by(Member.id)).first()
    framework = session.scalars(select(Framework.id)).first()
    case, previous, batch = GOOD, GENESIS, []
    assessment = assess(case)
    for position in range(1, count + 1):
        public_id = str(UUID(int=position))
        recording = Recording(public_id, position, previous, case.reference, "person:7")
        text, digest = sealed(case, assessment, recording)
        batch.append(
            {
                "public_id": public_id,
                "member_id": member,
                "position": position,
                "framework_id": framework,
                "phase": "submission",
                "reference_instant": case.reference,
                "outcome": assessment.outcome.value,
                "snapshot": text,
                "sha256": digest,
                "previous_sha256": previous,
                "decided_at": case.reference,
            }
        )
        previous = digest
        if len(batch) == BATCH or position == count:
            session.execute(insert(table_of(EligibilityDecision)), batch)
            batch = []
    session.add(DecisionHead(member_id=member, length=count, head_sha256=previous))


def _logged(session: Session, count: int) -> None:
    stream = member_stream("bench")
    for first in range(0, count, BATCH):
        happenings = [
            Happening("call_off.submitted", f"B-{number}", "person:7", {"net_cents": number})
            for number in range(first, min(first + BATCH, count))
        ]
        append(session, stream, GOOD.reference, *happenings)


def _walked(session: Session) -> None:
    broken = [*verify_decision_chains(session), *verify_chains(session).breaks]
    if broken:
        raise Unsound(str(broken[0]))


def _proven(case: Case) -> None:
    recording = Recording(str(UUID(int=1)), 1, GENESIS, case.reference)
    text = exported(*sealed(case, assess(case), recording))
    for _ in range(PROOFS):
        proof = verify_decision(text)
        if not proof.sound:
            raise Unsound(proof.differences[0])


def _p99(act: Callable[[], object], times: int) -> float:
    for _ in range(20):
        act()
    spent = sorted(_seconds(act) for _ in range(times))
    return spent[int(times * 0.99)] * 1000


def _seconds(act: Callable[[], object]) -> float:
    began = perf_counter()
    act()
    return perf_counter() - began
