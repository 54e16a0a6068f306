"""Which catalog a table belongs to: what is missing from it goes there only."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.import_records import CatalogImport, ImportState
from app.catalog.publish_catalog_version import publish_catalog_version
from app.catalog.records import CatalogEntry, CatalogVersion
from app.catalog.rules import Change
from app.catalog.upkeep.kept_catalogs import kept_catalogs, what_stays
from tests.catalog.importing import read_sent_files, small_catalog
from tests.support.application import Portal
from tests.support.clock import NOON
from tests.support.databases import Database
from tests.support.world import settled

TABLE = b"Artikelnummer;Bezeichnung;Preis netto;Los\r\nNB-1;Notebook 14 Zoll;789,00;1\r\n"
CHOSEN = {
    "SKU": "Artikelnummer",
    "NAME": "Bezeichnung",
    "PRICE": "Preis netto",
    "LOT": "Los",
    "kind": "T_NEW_CATALOG",
}


@pytest.fixture
def keeper(portal: Portal) -> Any:
    found = settled(portal.session)
    small_catalog(portal.session, found.framework)
    portal.session.commit()
    return portal.signed_in(found.contracts)


def mapper_of(keeper: Any, lot: str = "", table: bytes = TABLE) -> str:
    files = {"file": ("neu.csv", table, "text/csv")}
    sent = {"framework": "RV-2026-01", "lot": lot}
    address = keeper.post("/katalogpflege", sent, files=files).headers["location"]
    path: str = keeper.get(address).headers["location"]
    return path


def draft_of(keeper: Any, database: Database, mapper: str, catalog: str) -> str:
    assert keeper.post(mapper, CHOSEN | {"catalog": catalog}).status_code == 303
    read_sent_files(database)
    path: str = keeper.get(mapper.removesuffix("/spalten")).headers["location"]
    return path


def gone(session: Session, address: str) -> list[str]:
    number = int(address.rsplit("/", 1)[1])
    wanted = select(CatalogEntry.sku).where(
        CatalogEntry.catalog_version_id == number, CatalogEntry.change == Change.REMOVED
    )
    return list(session.scalars(wanted.order_by(CatalogEntry.sku)))


def test_a_column_that_no_field_takes_is_named_before_anything_is_read(keeper: Any) -> None:
    table = TABLE.replace(b"Los\r", b"Los;Sonderposten;Lagerort\r").replace(b";1\r", b";1;x;y\r")

    mapper = mapper_of(keeper, table=table)

    page = keeper.page(mapper)
    assert "Keinem Feld zugeordnet: 2 Spalten" in page
    assert "wird nicht gelesen: Sonderposten, Lagerort." in page
    refused = keeper.post(mapper, CHOSEN | {"NAME": "", "DESCRIPTION": "Sonderposten"})
    assert refused.status_code == 422
    assert "wird nicht gelesen: Bezeichnung, Lagerort." in refused.text
    assert "Keinem Feld zugeordnet" not in keeper.page(mapper_of(keeper))


def test_a_rare_remark_is_seen_beside_many_of_the_same(keeper: Any, database: Database) -> None:
    rows = b"".join(b"MINUS-%d;Notebook;-1,00;1\r\n" % one for one in range(250))
    last = b"LANG-1;" + b"Notebook " * 20 + b";9,00;1\r\n"

    draft = draft_of(keeper, database, mapper_of(keeper, table=TABLE + rows + last), "=TABELLE")

    page = " ".join(keeper.page(draft).split())
    counts, rows_shown = page.split("Wie oft welcher Hinweis", 1)[1].split(
        "Hinweise der Prüfung", 1
    )
    assert '<th scope="row">negative_price</th> <td class="r" data-l="Anzahl">250</td>' in counts
    assert '<th scope="row">name_too_long</th> <td class="r" data-l="Anzahl">1</td>' in counts
    assert "die ersten 200 von 251 Hinweisen" in rows_shown
    assert "name_too_long" not in rows_shown
    few = draft_of(keeper, database, mapper_of(keeper, table=TABLE + last), "=TABELLE")
    assert "Wie oft welcher Hinweis" not in keeper.page(few)


def test_the_first_table_after_a_file_takes_out_what_is_missing_once_its_catalog_is_chosen(
    keeper: Any, session: Session, database: Database
) -> None:
    mapper = mapper_of(keeper)
    page = keeper.page(mapper)
    assert "Katalog „KLEIN“: 4 Artikel" in page
    assert "keiner davon: ein eigener Katalog, alle bisherigen Artikel bleiben" in page

    draft = draft_of(keeper, database, mapper, "=KLEIN")

    assert gone(session, draft) == ["DOCK-1", "DRUCKER-1", "TONER-1"]
    version = session.get_one(CatalogVersion, int(draft.rsplit("/", 1)[1]))
    assert (version.catalog_id, version.catalog_version) == ("KLEIN", "")
    shown = keeper.page(draft)
    assert "Artikel anderer Kataloge bleiben" in shown
    assert "Katalog „HW“: " in shown
    assert "„KLEIN“: " not in shown


def test_a_table_of_its_own_says_what_it_leaves_alone(
    keeper: Any, session: Session, database: Database
) -> None:
    draft = draft_of(keeper, database, mapper_of(keeper), "=TABELLE")

    assert gone(session, draft) == []
    assert "Katalog „KLEIN“: 4 Artikel" in keeper.page(draft)


def test_only_the_chosen_lot_is_counted_and_cleared(
    keeper: Any, session: Session, database: Database
) -> None:
    mapper = mapper_of(keeper, lot="2", table=TABLE.replace(b"NB-1", b"DOCK-1"))
    page = keeper.page(mapper)
    assert "Katalog „KLEIN“: 3 Artikel, in anderen Losen 1" in page
    assert "und nur aus Los 2" in page

    draft = draft_of(keeper, database, mapper, "=KLEIN")

    assert gone(session, draft) == ["DRUCKER-1", "TONER-1"]
    assert "Katalog „KLEIN“, andere Lose: 1 Artikel" in keeper.page(draft)


@pytest.mark.parametrize("catalog", ["", "=GIBTSNICHT", "KLEIN"])
def test_a_table_is_not_read_before_its_catalog_is_chosen(
    keeper: Any, session: Session, catalog: str
) -> None:
    mapper = mapper_of(keeper)

    refused = keeper.post(mapper, CHOSEN | {"catalog": catalog})

    assert refused.status_code == 422
    assert refused.text.count("Bitte wählen Sie, zu welchem Katalog die Tabelle gehört") == 2
    assert session.scalars(select(CatalogImport.state)).one() is ImportState.MAPPING


def test_the_choice_is_proposed_for_the_next_table(keeper: Any, database: Database) -> None:
    assert '<option value="=KLEIN" selected' not in " ".join(keeper.page(mapper_of(keeper)).split())
    draft_of(keeper, database, mapper_of(keeper), "=KLEIN")

    page = keeper.page(mapper_of(keeper))

    assert '<option value="=KLEIN" selected' in " ".join(page.split())


def test_articles_of_the_table_belong_to_the_chosen_catalog_from_then_on(
    keeper: Any, session: Session, database: Database
) -> None:
    draft = draft_of(keeper, database, mapper_of(keeper), "=KLEIN")
    version = session.get_one(CatalogVersion, int(draft.rsplit("/", 1)[1]))

    publish_catalog_version(session, version.id, None, NOON)

    found = kept_catalogs(session, version.framework_id, None)
    assert [(one.catalog_id, one.articles) for one in found] == [("HW", 3), ("KLEIN", 1)]
    assert what_stays(session, version) == ("Katalog „HW“: 3 Artikel",)
