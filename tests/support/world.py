"""A few bodies, people and contracts with real faces; every test names the ones it needs.

Builders insert through the records and flush, so ids are there; the test commits.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.passwords import hashed
from app.accounts.records import Person
from app.catalog.finding.index_articles import index_articles
from app.catalog.records import Article, CatalogVersion, Category, Price
from app.frameworks.records import AwardModel, Framework, Lot, PartyRule
from app.kernel.german import fold
from app.kernel.money import Money
from app.kernel.unit_price import UnitPrice
from app.members.records import (
    DeliveryAddress,
    Member,
    Membership,
    ProductAccount,
    RoleAssignment,
    Unit,
)
from app.members.rules import BodyKind, Role
from tests.support.clock import NOON, TODAY
from tests.support.remembered import remembered

PASSWORD: Final = "Drei-Kraniche-am-Muldeufer"
ACCOUNT: Final = "1.1.1.04.525500"
NOTEBOOK: Final = "NB-14"
WORKSTATION: Final = "NB-16"
MONITOR: Final = "MON-27"


@dataclass(frozen=True)
class World:
    """What most stories need: two members, their people, the desk, one framework with articles."""

    dessau: Member
    magdeburg: Member
    framework: Framework
    it: Person
    approver: Person
    council: Person
    member_admin: Person
    it_magdeburg: Person
    approver_magdeburg: Person
    desk: Person
    contracts: Person
    legal: Person
    second_legal: Person
    auditor: Person
    admin: Person


def settled(session: Session) -> World:
    """Everything of `World`, without evidence; see `complete_evidence` in support.evidence."""
    numbers = remembered(session, "settled", lambda: _numbers(_settled(session)))
    here: dict[tuple[type[Any], int], Any] = {}
    for kind in {kind for kind, _ in numbers.values()}:  # at once, not one after the other
        wanted = [number for one, number in numbers.values() if one is kind]
        for record in session.scalars(select(kind).where(kind.id.in_(wanted))):
            here[kind, record.id] = record
    return World(**{name: here[found] for name, found in numbers.items()})


def _numbers(world: World) -> dict[str, tuple[type[Any], int]]:
    return {name: (type(one), one.id) for name, one in vars(world).items()}


def _settled(session: Session) -> World:
    dessau, magdeburg = dessau_rosslau(session), city_of_magdeburg(session)
    return World(
        dessau=dessau,
        magdeburg=magdeburg,
        framework=workplace_hardware(session),
        it=somebody(session, "it@dessau-rosslau.example", Role.ORDERER, dessau),
        approver=somebody(session, "freigabe@dessau-rosslau.example", Role.APPROVER, dessau),
        council=somebody(session, "rat@dessau-rosslau.example", Role.COUNCIL, dessau),
        member_admin=somebody(
            session, "verwaltung@dessau-rosslau.example", Role.MEMBER_ADMIN, dessau
        ),
        it_magdeburg=somebody(session, "it@magdeburg.example", Role.ORDERER, magdeburg),
        approver_magdeburg=somebody(
            session, "freigabe@magdeburg.example", Role.APPROVER, magdeburg
        ),
        desk=somebody(session, "desk@kid.example", Role.DESK),
        contracts=somebody(session, "vertrag@kid.example", Role.CONTRACTS),
        legal=somebody(session, "recht@kitu.example", Role.LEGAL),
        second_legal=somebody(session, "nachweis@kitu.example", Role.LEGAL),
        auditor=somebody(session, "pruefung@kitu.example", Role.AUDITOR),
        admin=somebody(session, "admin@kitu.example", Role.ADMIN),
    )


def dessau_rosslau(session: Session, **changes: Any) -> Member:
    """A kreisfreie Stadt, member since April 2024, with measurement of time switched on."""
    facts: dict[str, Any] = {
        "key": "15001000",
        "name": "Stadt Dessau-Roßlau",
        "body_kind": BodyKind.KREISFREIE_STADT,
        "ags": "15001000",
        "ars": "150010000000",
        "contracting_authority_basis": "§ 99 Nr. 1 GWB",
        "street": "Zerbster Straße 4",
        "postal_code": "06844",
        "city": "Dessau-Roßlau",
        "leitweg_id": "15001000-0001-87",
        "invoice_mail": "rechnung@dessau-rosslau.example",
        "time_measurement_enabled": True,
        "time_measurement_evidence": "Dienstvereinbarung 2024-07",
        "procurements_per_year": 230,
        "target_hours_per_year": 250,
    }
    member = body(session, facts | changes, member_since=date(2024, 4, 1))
    session.add(Unit(member_id=member.id, name="Amt für IT", body_kind=BodyKind.REGIEBETRIEB))
    session.flush()
    return member


def city_of_magdeburg(session: Session, **changes: Any) -> Member:
    """The other member: whatever belongs to it must never show up at Dessau-Roßlau's."""
    facts: dict[str, Any] = {
        "key": "15003000",
        "name": "Landeshauptstadt Magdeburg",
        "body_kind": BodyKind.KREISFREIE_STADT,
        "ags": "15003000",
        "ars": "150030000000",
        "contracting_authority_basis": "§ 99 Nr. 1 GWB",
        "street": "Alter Markt 6",
        "postal_code": "39104",
        "city": "Magdeburg",
        "leitweg_id": "15003000-0001-19",
        "invoice_mail": "rechnung@magdeburg.example",
    }
    return body(session, facts | changes, member_since=date(2021, 1, 1))


def body(
    session: Session,
    facts: dict[str, Any],
    member_since: date | None = None,
    member_until: date | None = None,
) -> Member:
    """A public body with a default address and one product account."""
    member = Member(**facts)
    session.add(member)
    session.flush()
    if member_since is not None:
        session.add(
            Membership(
                member_id=member.id,
                resolved_on=member_since - timedelta(days=30),
                effective_from=member_since,
                effective_to=member_until,
                share_paid_on=member_since,
                share_contribution=Money.euros("5000"),
                recorded_at=NOON - timedelta(days=365),
            )
        )
    session.add(
        DeliveryAddress(
            member_id=member.id,
            label="Rathaus",
            street=member.street,
            postal_code=member.postal_code,
            city=member.city,
            recipient="Amt für IT",
            room="Raum 112",
            is_default=True,
        )
    )
    session.add(ProductAccount(member_id=member.id, account=ACCOUNT, name="Geräte und Ausstattung"))
    session.flush()
    return member


def somebody(
    session: Session,
    mail: str,
    role: Role,
    member: Member | None = None,
    *,
    limit: Money | None = None,
) -> Person:
    """A person with one role, for `member` or (without one) for the whole cooperative."""
    person = session.scalar(select(Person).where(Person.mail == mail))
    if person is None:
        person = Person(
            mail=mail,
            label=mail.split("@", maxsplit=1)[0],
            password_hash=_password_hash(),
            created_at=NOON,
        )
        session.add(person)
        session.flush()
    session.add(
        RoleAssignment(
            person_id=person.id,
            member_id=member.id if member else None,
            role=role,
            approval_limit=limit,
            valid_from=date(2024, 1, 1),
        )
    )
    session.flush()
    return person


def workplace_hardware(session: Session, **changes: Any) -> Framework:
    """Notebooks (lot 1) and monitors (lot 2), open to all members, running for two years."""
    facts: dict[str, Any] = {
        "number": "RV-2026-01",
        "title": "Arbeitsplatz-Hardware",
        "award_model": AwardModel.INTERMEDIARY,
        "party_rule": PartyRule.ALL_MEMBERS,
        "contracting_entity": "Kommunale IT-Union eG",
        "supplier_name": "Systemhaus Elbe GmbH",
        "supplier_vat_id": "DE123456788",
        "procedure_type": "Offenes Verfahren",
        "notice_id": "2025/S 210-123456",
        "award_date": date(2025, 12, 1),
        "valid_from": date(2026, 1, 1),
        "valid_to": date(2027, 12, 31),
    }
    framework = Framework(**(facts | changes))
    session.add(framework)
    session.flush()
    notebooks = lot(session, framework, 1, "Notebooks")
    monitors = lot(session, framework, 2, "Monitore")
    release = CatalogVersion(
        framework_id=framework.id,
        number=1,
        catalog_id="HW",
        catalog_version="001.000",
        file_name="hardware.xml",
        file_sha256="0" * 64,
        imported_at=NOON - timedelta(days=30),
        published_at=NOON - timedelta(days=30),
    )
    session.add(release)
    session.flush()
    article(session, notebooks, release, NOTEBOOK, "Notebook 14 Zoll", "789.00")
    article(session, notebooks, release, WORKSTATION, "Notebook 16 Zoll", "1249.9050")
    article(session, monitors, release, MONITOR, "Monitor 27 Zoll", "189.50")
    return framework


def lot(
    session: Session,
    framework: Framework,
    number: int,
    title: str,
    maximum: Money | None = None,
    maximum_quantity: int | None = None,
) -> Lot:
    made = Lot(
        framework_id=framework.id,
        number=number,
        title=title,
        maximum_value=maximum or Money.euros("1000000"),
        maximum_quantity=maximum_quantity,
    )
    session.add(made)
    session.flush()
    return made


def second_notebook(session: Session) -> Article:
    """In the lot of the first, for 900 euros."""
    release = session.scalars(select(CatalogVersion)).one()
    return article(session, lot_of(session, NOTEBOOK), release, "NB-17", "Notebook 17", "900.00")


def article(
    session: Session, of: Lot, release: CatalogVersion, sku: str, name: str, price: str
) -> Article:
    """An article of the category that its name begins with, delivered in five working days."""
    made = Article(
        framework_id=of.framework_id,
        lot_id=of.id,
        catalog_version_id=release.id,
        category_id=_category(session, name.split(maxsplit=1)[0]).id,
        sku=sku,
        name=name,
        description=f"{name}, Beispielartikel",
        manufacturer="Lenovo" if name.startswith("Notebook") else "Dell",
        mpn=f"M-{sku}",
        delivery_days=5,
        cpv="30213100",
        serial_numbers=name.startswith("Notebook"),
    )
    session.add(made)
    session.flush()
    session.add(
        Price(
            article_id=made.id,
            catalog_version_id=release.id,
            unit_price=UnitPrice.euros(price),
            valid_from=TODAY - timedelta(days=30),
            valid_to=TODAY + timedelta(days=365),
        )
    )
    session.flush()
    index_articles(session, [made.id], TODAY)
    return made


def lot_of(session: Session, sku: str) -> Lot:
    """The lot that an article draws on, as it stands now."""
    return session.scalars(
        select(Lot)
        .join(Article, Article.lot_id == Lot.id)
        .where(Article.sku == sku)
        .execution_options(populate_existing=True)
    ).one()


def _category(session: Session, name: str) -> Category:
    slug = fold(name)
    found = session.scalar(select(Category).where(Category.slug == slug))
    if found is None:
        found = Category(slug=slug, name=name)
        session.add(found)
        session.flush()
    return found


@cache
def _password_hash() -> str:
    return hashed(PASSWORD)
