"""What the page of one agreement shows to a member and to those who keep it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.frameworks.agreement_records import (
    ExtensionOption,
    FrameworkChange,
    FrameworkDocument,
    FrameworkSupplier,
)
from app.frameworks.awarding.suppliers import stands, suppliers_of
from app.frameworks.find_price_rule import price_rule_on
from app.frameworks.party_words import class_words, lot_words
from app.frameworks.price_rule import PriceRule, rule_words
from app.frameworks.queries import FrameworkWithLots, framework
from app.frameworks.records import Framework, FrameworkParty, Lot
from app.frameworks.supplier_choice import MODE_BASIS, MODE_WORDS
from app.kernel.errors import NotFound
from app.members.records import Member


@dataclass(frozen=True, slots=True)
class AgreementPage:
    """Everything about one agreement on a day."""

    found: FrameworkWithLots
    suppliers: Sequence[FrameworkSupplier]
    options: Sequence[ExtensionOption]
    documents: Sequence[FrameworkDocument]
    named: tuple[Member, ...]
    price_rule: PriceRule
    successor: Framework | None
    predecessor: Framework | None
    day: date

    @property
    def framework(self) -> Framework:
        return self.found.framework

    @property
    def lots(self) -> tuple[Lot, ...]:
        return self.found.lots

    @property
    def unused(self) -> bool:
        """Nobody has called off anything yet, nor is anything reserved."""
        return not any(lot.called_off_value or lot.reserved_value for lot in self.lots)

    @property
    def parties(self) -> str:
        return class_words(self.framework)

    @property
    def price_words(self) -> str:
        return rule_words(self.price_rule)

    @property
    def mode_words(self) -> str:
        mode = self.framework.call_off_mode
        return f"{MODE_WORDS[mode]} ({MODE_BASIS[mode]})"

    @property
    def undecided(self) -> tuple[ExtensionOption, ...]:
        """Options that can still be exercised: none behind one that was let go."""
        in_line = takewhile(lambda one: one.exercised is not False, self.options)
        return tuple(one for one in in_line if one.exercised is None and one.notice_by >= self.day)

    def stands(self, supplier: FrameworkSupplier) -> bool:
        return stands(supplier, self.day)

    def lot_number(self, lot_id: int | None) -> str:
        """`Los 2`, or `alle Lose`."""
        return next((f"Los {lot.number}" for lot in self.lots if lot.id == lot_id), "alle Lose")

    def lot_parties(self, lot: Lot) -> str:
        return lot_words(lot)


def agreement_page(session: Session, number: str, day: date, *, every_paper: bool) -> AgreementPage:
    """Members see the papers that are open to them. NotFound without such an agreement."""
    found = framework(session, number)
    one = found.framework
    papers = select(FrameworkDocument).where(FrameworkDocument.framework_id == one.id)
    if not every_paper:
        papers = papers.where(FrameworkDocument.open_to_members.is_(True))
    return AgreementPage(
        found=found,
        suppliers=suppliers_of(session, one.id),
        options=options_of(session, one.id),
        documents=session.scalars(papers.order_by(FrameworkDocument.id)).all(),
        named=named_members(session, one.id, day),
        price_rule=price_rule_on(session, one.id, day),
        successor=session.get(Framework, one.successor_id) if one.successor_id else None,
        predecessor=session.scalars(
            select(Framework).where(Framework.successor_id == one.id)
        ).first(),
        day=day,
    )


def options_of(session: Session, framework_id: int) -> Sequence[ExtensionOption]:
    return session.scalars(
        select(ExtensionOption)
        .where(ExtensionOption.framework_id == framework_id)
        .order_by(ExtensionOption.number)
    ).all()


def named_members(session: Session, framework_id: int, day: date) -> tuple[Member, ...]:
    """Members that the agreement names one by one on `day`, by name."""
    rows = session.execute(
        select(Member, FrameworkParty)
        .join(FrameworkParty, FrameworkParty.member_id == Member.id)
        .where(FrameworkParty.framework_id == framework_id)
        .order_by(Member.name)
    ).all()
    return tuple(
        member
        for member, party in rows
        if (party.valid_from is None or party.valid_from <= day)
        and (party.valid_to is None or day <= party.valid_to)
    )


def document_of(
    session: Session, number: str, document_id: int, *, every_paper: bool
) -> FrameworkDocument:
    """One paper of the agreement; a member finds only what is open to members."""
    row = session.scalars(
        select(FrameworkDocument)
        .join(Framework, Framework.id == FrameworkDocument.framework_id)
        .where(Framework.number == number, FrameworkDocument.id == document_id)
    ).one_or_none()
    if row is None or not (every_paper or row.open_to_members):
        raise NotFound("Dieses Dokument gibt es nicht.")
    return row


def change_papers(
    session: Session, changes: Sequence[FrameworkChange]
) -> dict[int, FrameworkDocument]:
    """The papers of the entries of a change log."""
    wanted = {change.document_id for change in changes if change.document_id is not None}
    rows = session.scalars(select(FrameworkDocument).where(FrameworkDocument.id.in_(wanted)))
    return {row.id: row for row in rows}
