"""Two members that went through the whole main job, and how to tell the other one's data."""

from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from typing import Any

from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.open_session import open_session
from app.accounts.records import Person
from app.approvals.add_rule import RuleWish, TableKeeper, add_rule
from app.approvals.rules_table import RuleStep
from app.archive.store import keep
from app.budgets.open_budget import BudgetWish, Keeper, open_budget
from app.budgets.rules import Account, Limit
from app.catalog.content.add_label import LabelWish, add_label
from app.catalog.content.add_media import add_media
from app.catalog.content.keep_media import HandedIn
from app.catalog.content_records import ArticleLabel, ArticleMedia, MediaKind
from app.catalog.formats.findings import Findings
from app.catalog.formats.stock_file import StockLine
from app.catalog.records import CatalogVersion
from app.catalog.relations.records import Successor
from app.catalog.rules_labels import Label
from app.catalog.stock.records import StockReport
from app.catalog.upkeep.report_stock import StockOrder, report_stock
from app.demand.answer_round import Wanted, answer_round
from app.demand.open_round import RoundWish, open_round
from app.demand.records import DemandRound
from app.demand.report_need import NeedWish, report_need
from app.demand.rules import BoughtBy
from app.eligibility.evidence.records import EvidenceDocument
from app.eligibility.records import EligibilityDecision
from app.frameworks.agreement_records import ExtensionOption, FrameworkDocument
from app.frameworks.records import Lot
from app.fulfilment.records import SerialNumber
from app.journal.year_file.records import YearFile
from app.journal.year_file.rules import YearFileState
from app.kernel.money import Money
from app.kernel.unit_price import UnitPrice
from app.members.asking import MemberSeen
from app.members.people.create_token import TokenWish, create_token
from app.members.records import DeliveryAddress, Deputy, Member, ProductAccount
from app.notices.records import Notice
from app.notices.rules import Event
from app.ordering.attaching.attach_papers import attach_papers, papers_of
from app.ordering.attaching.keep_paper import keep_paper
from app.ordering.basket.contents import Owner
from app.ordering.comparing.keep_comparison import keep_comparison
from app.ordering.comparing.queries import kept_comparisons
from app.ordering.enter_free_position import enter_free_position
from app.ordering.filling.park_basket import Parking, park_basket
from app.ordering.filling.put_many_in_basket import put_many_in_basket
from app.ordering.filling.rules_templates import Piece, Sharing
from app.ordering.filling.save_template import TemplateWish, save_template
from app.ordering.market.check_market_price import check_market_price
from app.ordering.market.forms import CheckSent, SentFile
from app.ordering.market.records import MarketPrice
from app.ordering.market.rules import MarketOutcome, Source
from app.ordering.outage.issue_forms import issue_forms
from app.ordering.records import CallOff
from app.ordering.wanted import Actor
from app.outbox.records import OutboxMessage
from tests.support.application import Portal
from tests.support.clock import NOON, TODAY
from tests.support.evidence import complete_evidence
from tests.support.quotes import QUOTE, open_lot, wish_for
from tests.support.relations import LETTER, declared, kit
from tests.support.world import ACCOUNT, MONITOR, NOTEBOOK, WORKSTATION, World, settled

SECRET = "Geheimvorhaben"


@dataclass(frozen=True)
class Belongings:
    """Everything of one member that an address can name."""

    member: Member
    call_off: str
    delivery: str
    invoice: str
    ids: dict[str, str]
    words: tuple[str, ...]

    def address(self, path: str) -> str:
        """The route's path with this member's own numbers in it."""
        known = self.ids | {"number": self.number(path)}
        for name, value in known.items():
            path = path.replace(f"{{{name}}}", value)
        assert "{" not in path, f"no value for {path}"
        return path

    def number(self, path: str) -> str:
        if any(
            part in path
            for part in ("/rahmenvertraege/", "/frameworks/", "/cockpit/", "/pruefgrenzen/")
        ):
            return self.ids["framework"]
        if path.startswith("/nachweise/"):
            return self.ids["document_id"]
        if path.startswith(("/rechnungen/", "/api/v1/invoices/")):
            return self.invoice
        if path.startswith(("/pakete/", "/api/v1/kits/")):
            return "PAKET-001"
        if path.startswith(("/lieferscheine/", "/api/v1/deliveries/")):
            return self.delivery
        return self.call_off


@dataclass(frozen=True)
class TwoMembers:
    world: World
    ours: Belongings
    theirs: Belongings


def two_members(portal: Portal) -> TwoMembers:
    """Both order, approve, receive and are invoiced, through the API as anybody would."""
    session = portal.session
    world = settled(session)
    complete_evidence(session)
    lot = open_lot(session, world)
    kit(session, {NOTEBOOK: 1, MONITOR: 2})
    declared(session, WORKSTATION, NOTEBOOK)
    free = {
        member.id: _free_position(session, member, orderer, lot)
        for member, orderer in (
            (world.dessau, world.it),
            (world.magdeburg, world.it_magdeburg),
        )
    }
    portal.end_transaction()
    ours = _went_through(portal, world, world.dessau, world.it, world.approver, free)
    theirs = _went_through(
        portal, world, world.magdeburg, world.it_magdeburg, world.approver_magdeburg, free
    )
    return TwoMembers(world, ours, theirs)


def _free_position(session: Session, member: Member, orderer: Person, lot: Lot) -> str:
    """The number of something at a quote."""
    secret = f"{SECRET}-{member.key}"
    wish = wish_for(lot.id, name=secret, reason=secret, quantity=1, supplier="")
    owner = Owner(member.id, orderer.id)
    return enter_free_position(session, owner, wish, (f"{secret}.pdf", QUOTE), NOON).number


def _went_through(
    portal: Portal,
    world: World,
    member: Member,
    orderer: Person,
    approver: Person,
    free: dict[int, str],
) -> Belongings:
    secret = f"{SECRET}-{member.key}"
    serial = f"SN-{member.key}-1"
    budget_id = _budget(portal, member, orderer, secret)
    order = {
        "lines": [{"sku": NOTEBOOK, "quantity": 2}, {"sku": free[member.id], "quantity": 1}],
        "purpose": secret,
        "product_account": ACCOUNT,
    }
    number = _sent(portal.api(orderer), "/api/v1/call-offs", order, secret)["number"]
    here = f"/api/v1/call-offs/{number}"
    desk = portal.api(world.desk)
    _sent(portal.api(approver), f"{here}/moves", {"move": "approve"})
    _sent(desk, f"{here}/moves", {"move": "confirm"})
    line = {"sku": NOTEBOOK, "quantity": 1, "serial_numbers": [serial]}
    delivery = _sent(desk, f"{here}/deliveries", {"lines": [line]})["number"]
    invoice = _sent(desk, f"{here}/invoices", None)["number"]
    wish = {"lines": [{"sku": NOTEBOOK, "quantity": 1}], "reason": secret}
    _sent(portal.api(orderer), f"{here}/changes", wish)
    ids = _ids(portal.session, world, member, orderer, approver) | _papers(portal.session, number)
    ids["budget_id"] = budget_id
    ids["free_position"] = free[member.id]
    portal.end_transaction()
    words = (secret, serial, member.name, member.street, orderer.mail, number, delivery, invoice)
    return Belongings(member, number, delivery, invoice, ids, words)


def _budget(portal: Portal, member: Member, orderer: Person, secret: str) -> str:
    """The id of a budget that the order is charged to."""
    wish = BudgetWish(Account(TODAY.year, ACCOUNT), secret, Money.euros(5_000), Limit.HARD)
    opened = open_budget(portal.session, Keeper(member.id, orderer.id), wish, NOON)
    budget_id = str(opened.id)
    portal.end_transaction()
    return budget_id


def _comparison(session: Session, member: Member, orderer: Person) -> str:
    """The id of a comparison beside the orderer's basket."""
    owner = Owner(member.id, orderer.id)
    keep_comparison(session, owner, [NOTEBOOK, WORKSTATION], NOON)
    return str(kept_comparisons(session, owner)[0].id)


def _put_aside(session: Session, member: Member, orderer: Person) -> dict[str, str]:
    """A parked basket and a template of the member's people."""
    owner = Owner(member.id, orderer.id)
    put_many_in_basket(session, owner, {NOTEBOOK: 1}, NOON)
    secret = f"{SECRET}-{member.key}"
    parked = park_basket(session, owner, Parking(secret, None), NOON)
    wish = TemplateWish(secret, (Piece(NOTEBOOK, 1),), sharing=Sharing.MEMBER)
    template = save_template(session, owner, wish, NOON)
    return {"basket_id": str(parked.id), "template_id": str(template.id)}


def _market_price(session: Session, member: Member, orderer: Person) -> str:
    """The id of a source with its proof."""
    secret = f"{SECRET}-{member.key}"
    seen = MemberSeen(member.id, member.key, member.name)
    sent = CheckSent(
        sku=NOTEBOOK,
        quantity=1,
        sources=(Source(secret, TODAY, UnitPrice.euros("999.00")),),
        files={0: SentFile(f"{secret}.pdf", LETTER)},
        outcome=MarketOutcome.CALLED_OFF,
        reason="",
        bought_by=BoughtBy.DIRECT_PURCHASE,
    )
    check = check_market_price(session, seen, orderer.id, sent, NOON).check
    return str(
        session.scalars(select(MarketPrice.id).where(MarketPrice.check_id == check.id)).one()
    )


def _notice(session: Session, member: Member, orderer: Person) -> str:
    """The id of a line that only the orderer may read."""
    secret = f"{SECRET}-{member.key}"
    row = Notice(
        person_id=orderer.id,
        event=Event.ORDER_MOVED,
        title=secret,
        text=secret,
        address="/abrufe",
        cause=secret,
        at=NOON,
        in_portal=True,
    )
    session.add(row)
    session.flush()
    return str(row.id)


def _year_file(session: Session, member: Member, orderer: Person) -> str:
    """A finished file of a year, as far as its row tells."""
    row = YearFile(
        member_id=member.id,
        year=TODAY.year,
        state=YearFileState.DONE,
        sha256="0" * 64,
        asked_by=orderer.id,
        asked_at=NOON,
    )
    session.add(row)
    session.flush()
    return str(row.id)


def _papers(session: Session, number: str) -> dict[str, str]:
    call_off = session.scalars(select(CallOff).where(CallOff.number == number)).one()
    decision = session.get_one(EligibilityDecision, call_off.placement_decision_id)
    documents = select(EvidenceDocument.id).where(EvidenceDocument.member_id == call_off.member_id)
    return {
        "position": "1",
        "attachment_id": _attached(session, number),
        "block_id": _printed(session, call_off),
        "public_id": decision.public_id,
        "sha256": call_off.memo_pdf_sha256 or "",
        "document_id": str(session.scalars(documents).first() or 1),
        "hold_id": "1",
        "message_id": str(session.scalars(select(OutboxMessage.id)).first() or 1),
    }


def _printed(session: Session, call_off: CallOff) -> str:
    """The id of forms for an outage."""
    actor = Actor(call_off.ordered_by, call_off.member_id)
    return str(issue_forms(session, actor, call_off.member_id, 1, NOON).id)


def _attached(session: Session, number: str) -> str:
    """The id of a file that went along with the order."""
    found = session.scalars(select(CallOff).where(CallOff.number == number)).one()
    owner = Owner(found.member_id, found.ordered_by)
    paper = keep_paper(session, owner, "angebot.pdf", LETTER, NOON)
    attach_papers(session, owner, [paper.id], [number], NOON)
    session.flush()
    return str(papers_of(session, found.id)[0].id)


def _sent(client: Any, path: str, body: Any, key: str | None = None) -> Any:
    answer = client.post(path, body, key=key)
    assert answer.status_code in {200, 201}, f"{path}: {answer.status_code} {answer.text}"
    return answer.json()


def _approval_rule(session: Session, member: Member, approver: Person) -> str:
    """A row of the member's table that fits none of its orders."""
    wish = RuleWish(f"{SECRET}-{member.key}", (RuleStep(1, approver.id),), account="9*")
    return str(add_rule(session, TableKeeper(approver.id, member.id), wish, NOON))


def _agreement_papers(session: Session, world: World) -> dict[str, str]:
    """An option and a paper that members may read; made once for both."""
    framework_id = world.framework.id
    paper = session.scalars(select(FrameworkDocument)).first()
    if paper is None:
        session.add(
            ExtensionOption(
                framework_id=framework_id,
                number=1,
                months=12,
                notice_by=TODAY + timedelta(days=90),
            )
        )
        paper = FrameworkDocument(
            framework_id=framework_id,
            title="Zuschlag",
            dated=TODAY,
            file_sha256=keep(session, b"%PDF-1.7 Zuschlag", "application/pdf", NOON),
            file_name="zuschlag.pdf",
            open_to_members=True,
            at=NOON,
        )
        session.add(paper)
        session.flush()
    return {"option": "1", "paper_id": str(paper.id)}


def _article_files(session: Session, world: World) -> dict[str, str]:
    """A picture, a data sheet and a proven label of an article; made once for both."""
    proven = select(ArticleLabel.id).where(ArticleLabel.proof_sha256.is_not(None))
    if session.scalars(proven).first() is None:
        keeper = world.contracts.id
        for name, file in (("vorn.png", _picture()), ("datenblatt.pdf", LETTER)):
            add_media(session, NOTEBOOK, HandedIn(name, "Notebook", file, person_id=keeper), NOON)
        wish = LabelWish(Label.TCO_CERTIFIED.value, "9.0", TODAY, None, "", LETTER)
        add_label(session, NOTEBOOK, wish, keeper, NOON)
    media = {one.kind: one for one in session.scalars(select(ArticleMedia))}
    return {
        "picture": media[MediaKind.PICTURE].sha256,
        "media_id": str(media[MediaKind.DOCUMENT].id),
        "label_id": str(session.scalars(proven).one()),
    }


def _stock_report(session: Session, world: World) -> str:
    """What the supplier has in stock, told once for both."""
    told = select(StockReport.id)
    if session.scalars(told).first() is None:
        order = StockOrder(world.framework.number, "", "bestand.csv")
        lines = [StockLine(1, NOTEBOOK, 100)]
        report_stock(session, order, lines, Findings(), (world.desk.id, NOON))
    return str(session.scalars(told).one())


def _picture() -> bytes:
    written = BytesIO()
    Image.new("RGB", (40, 20), "navy").save(written, "PNG")
    return written.getvalue()


def _needs(session: Session, world: World, member: Member, orderer: Person) -> dict[str, str]:
    """A need of the member, and its answer to a round that is opened once for both."""
    seen = MemberSeen(member.id, member.key, member.name)
    secret = f"{SECRET}-{member.key}"
    wish = NeedWish(secret, 1, TODAY, secret, BoughtBy.NOT_BOUGHT)
    need = report_need(session, seen, orderer.id, wish, NOON).need
    asked = session.scalars(select(DemandRound)).first()
    if asked is None:
        wanted = RoundWish("Notebooks", "Los Notebooks", TODAY, TODAY, TODAY)
        asked = open_round(session, wanted, world.desk.id, NOON)
    answer_round(session, asked.id, seen, orderer.id, Wanted(7, secret), NOON)
    return {"need_id": str(need.id), "round_id": str(asked.id)}


def _ids(
    session: Session, world: World, member: Member, orderer: Person, approver: Person
) -> dict[str, str]:
    deputy = Deputy(
        member_id=member.id,
        person_id=approver.id,
        deputy_person_id=orderer.id,
        valid_from=TODAY + timedelta(days=30),
        valid_to=TODAY + timedelta(days=40),
    )
    session.add(deputy)
    session.flush()
    address = select(DeliveryAddress.id).where(DeliveryAddress.member_id == member.id)
    account = select(ProductAccount.id).where(ProductAccount.member_id == member.id)
    serial = select(SerialNumber.id).where(SerialNumber.serial == f"SN-{member.key}-1")
    token = create_token(session, orderer.id, TokenWish("test"), NOON)
    return {
        "framework": world.framework.number,
        "key": member.key,
        "member_key": member.key,
        "person_id": str(orderer.id),
        "notice_id": _notice(session, member, orderer),
        "address_id": str(session.scalars(address).one()),
        "comparison_id": _comparison(session, member, orderer),
        **_put_aside(session, member, orderer),
        "account_id": str(session.scalars(account).one()),
        "serial_id": str(session.scalars(serial).one()),
        "deputy_id": str(deputy.id),
        "approval_rule": _approval_rule(session, member, approver),
        "token_id": str(token.token_id),
        "session_id": str(open_session(session, orderer.id, "", NOON).login_session_id),
        "sku": NOTEBOOK,
        "version_id": str(session.scalars(select(CatalogVersion.id)).one()),
        "import_id": "999999",
        "report_id": _stock_report(session, world),
        "sheet_id": "999999",
        "list_id": "999999",
        "fact_id": "1",
        "request_id": "999999",
        "proposal_id": "999999",
        "correction_id": "999999",
        "rule_id": "1",
        "successor_id": str(session.scalars(select(Successor.id)).one()),
        "kind": "pdf",
        **_needs(session, world, member, orderer),
        **_agreement_papers(session, world),
        **_article_files(session, world),
        "token": "nobody-knows-it",
        "price_id": _market_price(session, member, orderer),
        "file_id": _year_file(session, member, orderer),
    }
