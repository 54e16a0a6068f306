"""Files that go along with an order: told by their content, seen by those who see the order."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from app.archive.records import StoredFile
from app.ordering.attaching.records import CallOffPaper, KeptPaper
from app.ordering.records import CallOff
from tests.ordering.test_pages import form
from tests.support.application import Portal
from tests.support.browser import Browser
from tests.support.orders import placed
from tests.support.world import NOTEBOOK, World

PDF = b"%PDF-1.7\nAngebot\n%%EOF"


def kept(browser: Browser, session: Session, name: str = "Angebot.pdf") -> int:
    answer = browser.post("/bestellen/anhang", form(), files={"anhang": (name, PDF)})
    assert answer.status_code == 200, answer.text
    assert 'value="Ersatz für Altgeräte Bürgeramt"' in answer.text
    session.rollback()
    return session.scalars(select(KeptPaper.id).order_by(KeptPaper.id.desc())).first() or 0


def test_a_file_goes_along_and_is_read_by_member_and_desk_only(
    portal: Portal, session: Session, world: World
) -> None:
    browser = portal.signed_in(world.it)
    paper = kept(browser, session, "..\\C:\\<b>Angebot.pdf")

    sent = browser.post("/bestellen", form(**{f"anhang-{paper}": "1", "anhang-99999": "1"}))

    where = str(sent.headers["location"])
    assert "&lt;b&gt;Angebot" in browser.page(where)
    assert session.scalars(select(KeptPaper)).all() == []
    address = f"{where}/anhang/{session.scalars(select(CallOffPaper.id)).one()}"
    for reader in (world.it, world.approver, world.desk):
        answer = portal.signed_in(reader).get(address)
        assert (answer.status_code, answer.content) == (200, PDF)
        assert answer.headers["content-type"] == "application/pdf"
        assert answer.headers["content-disposition"].startswith("attachment")
    assert portal.signed_in(world.it_magdeburg).get(address).status_code == 404
    with pytest.raises(DatabaseError):
        session.execute(text("DELETE FROM call_off_paper"))
    session.rollback()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Bitte wählen Sie eine Datei"),
        (b"MZ\x90\x00 program", "es zählt der Inhalt"),
        (b"<html><script>alert(1)</script>", "es zählt der Inhalt"),
        (b"%PDF-1.7 /JavaScript %%EOF", "ausführbare Teile"),
        (b"%PDF-1.7" + b"0" * 10_000_001, "größer als 10 MB"),
    ],
    ids=["empty", "program", "html", "script", "large"],
)
def test_a_file_of_another_kind_is_refused_at_its_field(
    portal: Portal, session: Session, world: World, content: bytes, said: str
) -> None:
    browser = portal.signed_in(world.it)

    answer = browser.post("/bestellen/anhang", form(), files={"anhang": ("angebot.pdf", content)})

    assert answer.status_code == 422
    assert said in answer.text
    assert session.scalars(select(KeptPaper)).all() == []
    stored = select(StoredFile.sha256).where(StoredFile.size == len(content))
    assert session.scalars(stored).all() == []


def test_nobody_sends_a_file_that_somebody_else_keeps(
    portal: Portal, session: Session, world: World
) -> None:
    named = {f"anhang-{kept(portal.signed_in(world.it), session)}": "1"}
    stranger = portal.signed_in(world.it_magdeburg)

    assert "Angebot.pdf" not in stranger.post("/bestellen/pruefung", form(**named)).text
    assert stranger.post("/bestellen", form(**named)).status_code == 303

    assert session.scalars(select(CallOffPaper)).all() == []
    assert len(session.scalars(select(KeptPaper)).all()) == 1


def test_a_file_can_be_taken_away_again(portal: Portal, session: Session, world: World) -> None:
    browser = portal.signed_in(world.it)
    paper = str(kept(browser, session))

    page = browser.post("/bestellen/pruefung", form(anhangweg=paper, **{f"anhang-{paper}": "1"}))

    assert "Angebot.pdf" not in page.text
    assert session.scalars(select(CallOff)).all() == []


def test_member_and_desk_send_each_other_files_about_an_order(
    portal: Portal, session: Session, world: World
) -> None:
    number = placed(session, world, {NOTEBOOK: 2})
    sent = portal.signed_in(world.desk).post(
        f"/abrufe/{number}/anhang", files={"anhang": ("Lieferavis.pdf", PDF)}
    )

    assert sent.headers["location"] == f"/abwicklung/{number}#h-nachrichten"
    browser = portal.signed_in(world.it)
    page = browser.page(f"/abrufe/{number}")
    assert "Neue Datei: Lieferavis.pdf" in page
    paper = session.scalars(select(CallOffPaper)).one()
    assert browser.get(f"/abrufe/{number}/anhang/{paper.id}").content == PDF
    program = {"anhang": ("avis.pdf", b"MZ program")}
    assert browser.post(f"/abrufe/{number}/anhang", files=program).status_code == 422
    for other, status in ((world.it_magdeburg, 404), (world.auditor, 403)):
        answer = portal.signed_in(other).post(
            f"/abrufe/{number}/anhang", files={"anhang": ("a.pdf", PDF)}
        )
        assert answer.status_code == status
    session.rollback()
    assert len(session.scalars(select(CallOffPaper)).all()) == 1
