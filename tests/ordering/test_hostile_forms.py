"""What nobody should type into the forms of ordering: a sentence, never an error or an order."""

from typing import Final

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.members.records import DeliveryAddress
from app.ordering.basket.contents import Owner
from app.ordering.filling.park_basket import Parking, park_basket
from app.ordering.filling.put_many_in_basket import put_many_in_basket
from app.ordering.filling.rules_templates import Piece
from app.ordering.filling.save_template import TemplateWish, save_template
from app.ordering.records import CallOff
from tests.ordering.test_pages import form
from tests.support.application import Portal
from tests.support.clock import NOON
from tests.support.portal import SQLITE
from tests.support.world import MONITOR, NOTEBOOK, World

SCRIPT: Final = "<script>alert(1)</script>"
BIDI: Final = "\u202eb\u2066"
HOSTILE: Final = (
    *("", SCRIPT, BIDI, "a\x00\x1b[2Jb", "x" * 5000, "-1", "1e9", "٣", "9" * 5000),
    *("2026-02-30", "viele"),
)
FORMS: Final[dict[str, dict[str, str]]] = {
    "/bestellen": form("fest")
    | {
        **dict.fromkeys(("kostenstelle", "investitionsnummer", "jahr", "foerderung"), ""),
        **dict.fromkeys(("bindung", "wunschtermin", "zeichen", "raum", "einheit"), ""),
        **dict.fromkeys(("marktpreis", "minuten", "konfliktfrei", "unbekannt"), ""),
        **dict.fromkeys((f"laufzeit-{NOTEBOOK}", f"gesehen-{NOTEBOOK}", "anhang-1"), ""),
        "teil-1-sku": NOTEBOOK,
        "teil-1-menge": "8",
        **dict.fromkeys((f"teil-1-{name}" for name in ("adresse", "termin", "raum", "konto")), ""),
        **dict.fromkeys(("teil-1-jahr", "teil-1-bindung", "teil-1-foerderung"), ""),
    },
    "/bestellen/pruefung": form("fest")
    | dict.fromkeys(("minus", "plus", "teilen", "ungeteilt", "teilweg", "nachfolger"), ""),
    "/schnellbestellung": {"nummer-1": NOTEBOOK, "menge-1": "2", "zeilen": "", "nach": "korb"},
    "/warenkorb": {"sku": NOTEBOOK, "quantity": "1", "term": "", "direkt": ""},
    "/warenkorb/menge": {f"menge-{NOTEBOOK}": "2", "minus": "", "plus": "", "entfernen": ""},
    "/warenkorb/parken": {"name": "Klasse 4b"},
    "/warenkorb/geparkt/1/uebergeben": {"an": "", "kommentar": "Bitte"},
    "/vorlagen": {"vorlagenname": "Platz", "zeilen": f"{NOTEBOOK}\t1", "aus": "", "sichtbar": ""},
    "/vorlagen/1": {"vorlagenname": "Platz", "beschreibung": "", "sichtbar": "", "version": ""},
    "/vorlagen/1/korb": {"anzahl": "2", "nach": ""},
}
FIELDS: Final = [(path, name) for path, fields in FORMS.items() for name in fields]


@pytest.fixture
def filled(session: Session, world: World) -> World:
    """A parked basket and a template that the addresses name."""
    owner = Owner(world.dessau.id, world.it.id)
    put_many_in_basket(session, owner, {NOTEBOOK: 1, MONITOR: 2}, NOON)
    park_basket(session, owner, Parking("Klasse 4a", owner.person_id), NOON)
    put_many_in_basket(session, owner, {NOTEBOOK: 1}, NOON)
    wish = TemplateWish("Platz", (Piece(NOTEBOOK, 1),))
    save_template(session, owner, wish, NOON)
    session.commit()
    return world


@SQLITE
@pytest.mark.parametrize("path", FORMS)
def test_whatever_is_typed_there_is_an_answer_and_no_script_in_it(
    portal: Portal, session: Session, filled: World, path: str
) -> None:
    browser = portal.signed_in(filled.it)

    for name in FORMS[path]:
        for at, typed in enumerate(HOSTILE):
            key = {"schluessel": f"{name}-{at}"} if name != "schluessel" else {}
            answer = browser.post(path, {**FORMS[path], **key, name: typed})

            assert answer.status_code in {200, 303, 403, 404, 409, 422}, (name, typed[:40])
            assert SCRIPT not in answer.text, name
            assert "\x00" not in answer.text, name

    session.rollback()
    texts = session.execute(select(CallOff.purpose, CallOff.your_reference)).all()
    assert all("\x00" not in text and "\u202e" not in text for row in texts for text in row)


@SQLITE
@pytest.mark.parametrize("name", ["adresse", "teil-1-adresse", "einheit", "anhang-1"])
def test_another_members_things_are_not_there(
    portal: Portal, session: Session, filled: World, name: str
) -> None:
    theirs = select(func.max(DeliveryAddress.id)).where(
        DeliveryAddress.member_id == filled.magdeburg.id
    )
    sent = FORMS["/bestellen"] | {name: str(session.scalar(theirs))}

    answer = portal.signed_in(filled.it).post("/bestellen", sent)

    session.rollback()
    orders = session.scalars(select(CallOff.delivery_street)).all()
    assert "Alter Markt" not in answer.text
    assert "Alter Markt 6" not in orders
    assert (answer.status_code, len(orders)) in {(404, 0), (422, 0), (303, 1)}
