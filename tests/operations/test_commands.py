"""The program `kitu`: what it answers, how it ends, and that a refusal changes nothing."""

import io
import json
import socket
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from time import sleep
from typing import Any, NamedTuple

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from app.accounts.records import ApiToken, Person
from app.archive.records import StoredFile
from app.archive.store import content
from app.catalog.records import CatalogVersion
from app.catalog.upkeep.sent_files import file_of_version
from app.cli import main, parser
from app.commands import command
from app.database.engine import open_engine
from app.operations.migrate import upgrade_database
from app.operations.position import position
from tests.catalog.importing import SMALL
from tests.support.databases import Database, PostgresServer
from tests.support.evidence import complete_evidence
from tests.support.portal import SQLITE
from tests.support.world import settled

PASSWORD = "Sieben-Reiher-an-der-Elbe"


class Ended(NamedTuple):
    code: int
    out: str
    err: str


Kitu = Callable[..., Ended]


@pytest.fixture
def kitu(
    database: Database,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Kitu:
    """The program on the database of the test, which counts as migrated."""
    newest = {"newest": position(database.engine).wanted}
    with database.engine.begin() as connection:
        connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32))"))
        connection.execute(text("INSERT INTO alembic_version VALUES (:newest)"), newest)
    monkeypatch.setenv("KITU_DATABASE_URL", database.url)
    monkeypatch.setenv("KITU_DATA_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("KITU_SECRET_KEY", "x" * 40)

    def run(*words: str, typed: str = "") -> Ended:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        monkeypatch.setattr("app.commands.people.stdin", io.StringIO(typed))
        capsys.readouterr()
        try:
            code = main(words)
        except SystemExit as end:
            code = int(str(end.code))
        said = capsys.readouterr()
        return Ended(code, said.out, said.err)

    return run


def number_of(session: Session, table: type) -> int | None:
    session.rollback()
    return session.scalar(select(func.count()).select_from(table))


def test_the_first_administrator_needs_no_demonstration(kitu: Kitu, session: Session) -> None:
    words = ("user", "create", "--mail", "admin@kommune.example", "--role", "admin")

    ended = kitu(*words, typed=f"{PASSWORD}\n")

    assert ended == Ended(0, "Angelegt: admin@kommune.example\n", "")
    assert number_of(session, Person) == 1


def test_a_short_password_is_refused_and_nobody_is_made(kitu: Kitu, session: Session) -> None:
    ended = kitu("user", "create", "--mail", "a@b.example", "--role", "admin", typed="kurz\n")

    assert (ended.code, ended.out) == (1, "")
    assert "mindestens 12 Zeichen" in ended.err
    assert number_of(session, Person) == 0


def test_a_token_is_shown_once_and_only_its_hash_is_kept(kitu: Kitu, session: Session) -> None:
    settled(session)
    session.commit()

    ended = kitu(
        "token",
        "create",
        "--user",
        "it@dessau-rosslau.example",
        "--scope",
        "catalog:read",
        "--json",
    )

    token = json.loads(ended.out)["token"]
    assert ended.code == 0
    stored = session.scalars(select(ApiToken)).one()
    assert stored.scopes == "catalog:read"
    assert token not in stored.token_sha256


def test_a_token_for_nobody_is_refused(kitu: Kitu, session: Session) -> None:
    ended = kitu("token", "create", "--user", "nobody@kommune.example")

    assert ended.code == 1
    assert "kein aktives Konto" in ended.err
    assert number_of(session, ApiToken) == 0


def test_eligibility_ends_with_0_only_for_a_member_that_may_order(
    kitu: Kitu, session: Session
) -> None:
    settled(session)
    complete_evidence(session)
    session.commit()
    words = ("eligibility", "check", "--framework", "RV-2026-01", "--at", "2026-11-21T10:00")

    member = kitu(*words, "--member", "15001000", "--json")
    stranger = kitu(*words, "--member", "99999999")

    assert (member.code, json.loads(member.out)["outcome"]) == (0, "eligible")
    assert stranger.code == 1
    assert "99999999" in stranger.err


def test_eligibility_without_evidence_ends_with_1(kitu: Kitu, session: Session) -> None:
    settled(session)
    session.commit()

    ended = kitu("eligibility", "check", "--member", "15001000", "--json")

    assert ended.code == 1
    assert json.loads(ended.out)["outcome"] != "eligible"


def test_sound_chains_end_with_0(kitu: Kitu) -> None:
    kitu("user", "create", "--mail", "a@b.example", "--role", "admin", typed=f"{PASSWORD}\n")

    assert kitu("audit", "seal").out.startswith("Tagesanker 1 vom ")
    ended = kitu("audit", "verify", "--json")

    assert ended.code == 0
    said = json.loads(ended.out)
    assert said.pop("last_anchor") is not None
    assert said == {
        "streams": 1,
        "events": 1,
        "anchors": 1,
        "breaks": [],
        "decisions": [],
        "evidence": [],
        "erasures": [],
        "anchor_faults": [],
    }


def test_a_broken_chain_ends_with_1_and_names_stream_and_row(
    kitu: Kitu, database: Database
) -> None:
    kitu("user", "create", "--mail", "a@b.example", "--role", "admin", typed=f"{PASSWORD}\n")
    with database.engine.begin() as connection:
        trigger = "audit_event_no_update" + ("" if database.is_sqlite else " ON audit_event")
        connection.execute(text(f"DROP TRIGGER {trigger}"))
        connection.execute(text("UPDATE audit_event SET actor = 'somebody else'"))

    ended = kitu("audit", "verify")

    assert ended.code == 1
    assert "cooperative, Zeile 1: Der Inhalt passt nicht zur Prüfsumme." in ended.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("serve", "--workers", "2"), "genau ein Prozess"),
        (("worker",), "Mit SQLite laufen die Hintergrundarbeiten in kitu serve"),
    ],
    ids=["pages", "worker"],
)
def test_sqlite_refuses_a_second_process(
    kitu: Kitu, database: Database, words: tuple[str, ...], said: str
) -> None:
    if not database.is_sqlite:
        return

    ended = kitu(*words)

    assert ended.code == 1
    assert said in ended.err


def test_a_database_of_a_newer_program_is_left_alone(kitu: Kitu, database: Database) -> None:
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'newer'"))

    ended = kitu("audit", "verify")

    assert ended.code == 1
    assert "newer" in ended.err


@pytest.mark.parametrize("words", [("audit", "verify"), ("db", "check"), ("backup", "b")])
def test_a_missing_database_is_not_made_by_reading(
    kitu: Kitu, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KITU_DATABASE_URL", f"sqlite:///{tmp_path}/new.db")
    before = set(tmp_path.iterdir())

    ended = kitu(*words)

    assert ended.code == 1
    assert "kitu db upgrade" in ended.err
    assert set(tmp_path.iterdir()) == before


def test_a_file_that_is_no_database_is_named_as_such(
    kitu: Kitu, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "notes.txt").write_text("Das ist keine Datenbank. " * 99, encoding="utf-8")
    monkeypatch.setenv("KITU_DATABASE_URL", f"sqlite:///{tmp_path}/notes.txt")

    ended = kitu("db", "check")

    assert ended == Ended(1, "", "Die Datenbank ist beschädigt oder keine (KITU_DATABASE_URL).\n")


def test_a_catalog_file_read_by_the_program_is_kept_with_its_version(
    kitu: Kitu, session: Session, tmp_path: Path
) -> None:
    settled(session)
    session.commit()
    file = tmp_path / "klein.xml"
    file.write_bytes(SMALL)
    words = ("catalog", "import", str(file), "--framework", "RV-2026-01")

    checked = kitu(*words, "--dry-run")
    before = number_of(session, StoredFile)
    session.rollback()
    ended = kitu(*words)

    assert (checked.code, ended.code, before) == (0, 0, 0)
    version = session.scalars(select(CatalogVersion).order_by(CatalogVersion.id.desc())).first()
    kept = file_of_version(session, version.id) if version else None
    assert kept
    assert (kept.name, kept.size) == ("klein.xml", len(SMALL))
    assert content(session, kept.sha256).content == SMALL


@SQLITE
def test_a_whole_table_says_which_articles_it_leaves_alone(
    kitu: Kitu, session: Session, tmp_path: Path
) -> None:
    settled(session)
    session.commit()
    file = tmp_path / "neu.csv"
    file.write_text("Artikelnummer;Bezeichnung;Preis netto\nA-1;Maus;9,90\n", encoding="utf-8")
    words = ("catalog", "import", str(file), "--framework", "RV-2026-01", "--lot", "2", "--json")

    alone, chosen = kitu(*words), kitu(*words, "--catalog", "HW")

    assert "bleiben: Katalog „HW“: 3 Artikel. --catalog nennt den Katalog" in alone.err
    assert json.loads(alone.out)["articles_removed"] == 0
    assert "bleiben" not in chosen.err
    assert json.loads(chosen.out)["articles_removed"] == 1


@SQLITE
def test_a_new_member_comes_with_a_warning_that_all_wait_for_its_proof(
    kitu: Kitu, tmp_path: Path
) -> None:
    file = tmp_path / "members.csv"
    file.write_text(
        "key;name;kind;street;postal_code;city;effective_from\n"
        "15001000;Stadt Beispiel;kreisfreie_stadt;Markt 1;06844;Beispiel;2024-04-01\n",
        encoding="utf-8",
    )

    first, again = kitu("members", "import", str(file)), kitu("members", "import", str(file))

    assert first.out == "Übernommene Mitglieder: 1, Einheiten: 0, schon da: 0.\n"
    assert "die Inhouse-Prüfung aller Mitglieder ungeklärt" in first.err
    assert again == Ended(0, "Übernommene Mitglieder: 0, Einheiten: 0, schon da: 1.\n", "")


@SQLITE
def test_a_port_where_another_program_listens_is_named_with_the_way_out(kitu: Kitu) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        ended = kitu("serve", "--port", str(port))

    assert ended == Ended(
        1,
        "",
        f"Auf 127.0.0.1:{port} kann das Portal nicht hören: dort läuft schon ein Programm. "
        "Einen anderen Port nennt --port, bei make demo PORT=.\n",
    )


@SQLITE
def test_an_address_of_another_machine_is_refused(kitu: Kitu) -> None:
    ended = kitu("serve", "--host", "192.0.2.1")

    assert ended.code == 1
    assert "diese Maschine hat die Adresse nicht" in ended.err


@SQLITE
@pytest.mark.parametrize(
    ("wrong", "answer"),
    [
        ({"database": "gibtsnicht"}, 'database "gibtsnicht" does not exist'),
        ({"username": "niemand", "password": "geheim"}, 'role "niemand" does not exist'),
        ({"port": 9}, "Connection refused"),
    ],
    ids=["database", "person", "server"],
)
def test_a_server_that_opens_nothing_is_quoted_without_the_password(
    kitu: Kitu,
    monkeypatch: pytest.MonkeyPatch,
    postgres: PostgresServer,
    wrong: dict[str, Any],
    answer: str,
) -> None:
    url = postgres.admin.url.set(**wrong)
    monkeypatch.setenv("KITU_DATABASE_URL", url.render_as_string(hide_password=False))

    ended = kitu("db", "check")

    unreachable = "Die Datenbank ist nicht erreichbar oder belegt (KITU_DATABASE_URL)"
    assert ended == Ended(1, "", f"{unreachable}: {answer}.\n")


def test_a_new_database_is_readable_for_its_owner_only(
    kitu: Kitu, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KITU_DATABASE_URL", f"sqlite:///{tmp_path}/new/kitu.db")

    made, checked = kitu("db", "upgrade"), kitu("db", "check")

    assert (made.code, checked.code) == (0, 0)
    assert (tmp_path / "new" / "kitu.db").stat().st_mode & 0o777 == 0o600


def test_backup_and_restore_by_command(
    kitu: Kitu, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KITU_DATABASE_URL", f"sqlite:///{tmp_path}/own.db")
    engine = open_engine(f"sqlite:///{tmp_path}/own.db")
    upgrade_database(engine)
    engine.dispose()

    saved = kitu("backup", str(tmp_path / "safe"), "--json")
    back = kitu("restore", str(tmp_path / "safe"), "--json")

    assert (saved.code, back.code) == (0, 0)
    assert json.loads(saved.out)["events"] == 0
    assert json.loads(back.out)["last_numbers"] == {}


@pytest.mark.parametrize(
    "words",
    [
        ("catalog", "check", "nowhere.xml"),
        ("decision", "verify", "nowhere.json"),
        ("invoice", "check", "nowhere.xml"),
        ("members", "import", "nowhere.csv"),
        ("report", "savings", "--month", "2026-10", "--out", "report.docx"),
        ("report", "savings", "--month", "October", "--out", "report.csv"),
        ("catalog", "import", __file__, "--framework", "RV-0"),
        ("catalog", "export", "--framework", "RV-0", "--out", "catalog.xml"),
        ("catalog", "export", "--framework", "RV-0", "--out", "catalog.pdf"),
        ("eligibility", "check", "--member", "1", "--at", "tomorrow"),
        ("eligibility", "check", "--member", "1", "--at", "0001-01-01T00:00"),
        ("file", "verify", "nowhere.zip"),
        ("report", "savings", "--month", "2026-10", "--out", "nowhere/report.csv"),
    ],
)
def test_a_refusal_is_a_german_sentence_and_leaves_no_file(
    kitu: Kitu, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    before = set(tmp_path.iterdir())

    ended = kitu(*words)

    assert ended.code == 1
    assert ended.out == ""
    assert ended.err.endswith((".\n", ".xml\n", ".json\n", ".csv\n"))
    assert "Traceback" not in ended.err
    assert {file.name for file in set(tmp_path.iterdir()) - before} <= {"var"}


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("nothing",),
        ("serve", "--port", "x"),
        ("serve", "--port", "99999"),
        ("serve", "--workers", "0"),
        ("catalog",),
    ],
)
def test_wrong_usage_ends_with_2(kitu: Kitu, words: tuple[str, ...]) -> None:
    ended = kitu(*words)

    assert ended.code == 2
    assert "usage: kitu" in ended.err


def test_every_command_shows_an_example() -> None:
    shown = []

    def look(inside: ArgumentParser, path: str) -> None:
        if inside.get_default("run"):
            shown.append((path, "Beispiel:" in inside.format_help()))
        for action in inside._actions:  # noqa: SLF001 - argparse offers no other way in
            if isinstance(action.choices, dict):
                for name, child in action.choices.items():
                    look(child, f"{path} {name}")

    look(parser(), "kitu")

    assert len(shown) == 22
    assert [name for name, example in shown if not example] == []


def test_long_work_says_that_it_goes_on(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "PATIENCE", 0.01)

    with command.patience("Import"):
        for _ in range(6_000):
            if "Import" in capsys.readouterr().err:
                return
            sleep(0.01)
    pytest.fail("said nothing")
