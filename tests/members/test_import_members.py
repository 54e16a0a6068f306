"""Members from a CSV file: all lines or none, and each fault with its line."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.members.importing.import_members import MembersImported, MembersRefused, import_members
from app.members.queries import member_by_key, memberships
from app.members.records import Member, Unit
from tests.support.clock import NOON
from tests.support.portal import SQLITE, Portal
from tests.support.world import PASSWORD, World

HEADS = "key;name;kind;street;postal_code;city;effective_from;parent_key;leitweg_id"
STADT = "15002000;Stadt Halle (Saale);kreisfreie_stadt;Markt 1;06108;Halle;2020-01-01;;"
BETRIEB = "-;Eigenbetrieb Halle;eigenbetrieb;;;;;15002000;15002000-TEST01-45"


def sent(*lines: str) -> bytes:
    return "\n".join((HEADS, *lines)).encode()


def members(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Member)) or 0


def test_members_and_their_units_come_in_together(session: Session) -> None:
    assert import_members(session, sent(STADT, BETRIEB), "cli", NOON) == MembersImported(1, 1, 0)

    halle = member_by_key(session, "15002000")
    unit = session.scalars(select(Unit)).one()
    assert (unit.member_id, unit.own_legal_person) == (halle.id, False)
    assert memberships(session, halle.id)[0].effective_from.isoformat() == "2020-01-01"
    assert import_members(session, sent(STADT, BETRIEB), "cli", NOON) == MembersImported(0, 0, 2)
    assert members(session) == 1


@SQLITE
@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (STADT.replace("kreisfreie_stadt", "dorf"), (3, "kind_unknown")),
        (STADT.replace("2020-01-01", "1.1.2020"), (3, "date_malformed")),
        (STADT.replace("Markt 1", ""), (3, "missing")),
        (STADT + "15002000-TEST01-46", (3, "leitweg_id_invalid")),
        (BETRIEB.replace("15002000;", "4711;", 1), (3, "parent_unknown")),
        (STADT.replace("Markt 1", "x" * 121), (3, "too_long")),
    ],
)
def test_one_wrong_line_keeps_the_whole_file_out(
    session: Session, line: str, fault: tuple[int, str]
) -> None:
    good = STADT.replace("15002000", "15088065").replace("Halle", "Merseburg")

    refused = import_members(session, sent(good, line), "cli", NOON)

    assert isinstance(refused, MembersRefused)
    assert [(one.line, one.code) for one in refused.faults] == [fault]
    assert members(session) == 0


@SQLITE
@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xff\xfe\x00", "not_utf8"),
        (b"", "columns_wrong"),
        (b"key;name\n1;2", "columns_wrong"),
        (HEADS.encode(), "file_empty"),
        ((HEADS + ";extra\n" + STADT).encode(), "columns_wrong"),
        (b"x" * (5 * 1024 * 1024 + 1), "file_too_large"),
        ((HEADS + '\n"15002000;Halle').encode(), "not_csv"),
    ],
)
def test_unreadable_files_are_refused_with_a_reason(
    session: Session, content: bytes, code: str
) -> None:
    refused = import_members(session, content, "cli", NOON)

    assert isinstance(refused, MembersRefused)
    assert refused.faults[0].code == code
    assert members(session) == 0


def test_the_page_says_what_came_in_and_what_did_not(
    portal: Portal, session: Session, world: World
) -> None:
    browser = portal.signed_in(world.contracts.mail, PASSWORD)
    here = "/verwaltung/mitglieder/einlesen"

    good = browser.post(here, files={"file": ("m.csv", sent(STADT), "text/csv")})
    bad = browser.post(here, files={"file": ("m.csv", sent(STADT, STADT), "text/csv")})

    assert (good.status_code, bad.status_code) == (200, 422)
    assert "Der Schlüssel 15002000 kommt mehrfach vor." in bad.text
    assert members(session) == 3
