"""`kitu catalog`: check, import and export of catalog files."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable
from functools import partial
from os import SEEK_END
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import BinaryIO, Final

from sqlalchemy.orm import Session

from app.archive.large_files import keep_stream
from app.catalog.formats.findings import Finding, Findings
from app.catalog.formats.stock_file import read_stock
from app.catalog.formats.values import Transaction
from app.catalog.records import CatalogVersion
from app.catalog.upkeep.check_catalog import check_catalog
from app.catalog.upkeep.export_catalog import export_catalog, newest_of
from app.catalog.upkeep.export_tables import export_csv, export_xlsx
from app.catalog.upkeep.import_catalog import ImportOrder
from app.catalog.upkeep.import_in_turns import import_in_turns
from app.catalog.upkeep.import_result import ImportResult, finding_json
from app.catalog.upkeep.kept_catalogs import what_stays
from app.catalog.upkeep.open_file import Reading
from app.catalog.upkeep.report_stock import StockOrder, report_stock
from app.commands.command import (
    DONE,
    FOUND_WRONG,
    Groups,
    add,
    answer,
    database,
    existing,
    group,
    now,
    patience,
    say,
    transaction,
    warn,
    with_json,
)
from app.database.engine import sessions
from app.kernel.errors import FieldError, Malformed
from app.kernel.legal_day import legal_day
from app.settings import load_settings

LARGEST_KEPT: Final = 500_000_000  # half of what a database takes as one value
TABLES: Final = frozenset({"CSV", "Excel"})
ENDINGS: Final = (".xml", ".xlsx", ".csv")


def add_commands(groups: Groups) -> None:
    catalog = group(groups, "catalog", "Katalogdateien (BMEcat, Peppol, Excel, CSV)")
    check = add(catalog, "check", run_check, "Datei prüfen", "kitu catalog check katalog.xml")
    check.add_argument("file", metavar="FILE")
    _add_encoding(check)
    with_json(check)

    wanted = add(
        catalog,
        "import",
        run_import,
        "Datei in einen Rahmenvertrag einlesen, ganz oder gar nicht",
        "kitu catalog import katalog.xml --framework RV-2026-01 --lot 1 --publish",
    )
    wanted.add_argument("file", metavar="FILE")
    wanted.add_argument("--framework", metavar="NUMBER", required=True)
    wanted.add_argument("--lot", type=int, metavar="N")
    wanted.add_argument("--dry-run", action="store_true", help="nur zeigen, was sich änderte")
    wanted.add_argument("--publish", action="store_true", help="gleich veröffentlichen")
    wanted.add_argument(
        "--anyway", action="store_true", help="auch wenn frühere Änderungsdateien fehlen"
    )
    wanted.add_argument(
        "--catalog", metavar="ID", help="zu welchem Katalog eine Tabelle gehört (sonst ein eigener)"
    )
    _add_encoding(wanted)
    with_json(wanted)

    stock = add(
        catalog,
        "stock",
        run_stock,
        "Bestandsliste eines Auftragnehmers übernehmen (Excel, CSV)",
        "kitu catalog stock bestand.csv --framework RV-2026-01",
    )
    stock.add_argument("file", metavar="FILE")
    stock.add_argument("--framework", metavar="NUMBER", required=True)
    stock.add_argument("--supplier", metavar="NAME", default="", help="bei mehreren nötig")
    with_json(stock)

    export = add(
        catalog,
        "export",
        run_export,
        "Katalog eines Rahmenvertrags schreiben: BMEcat 2005, nach der Endung auch .xlsx und .csv",
        "kitu catalog export --framework RV-2026-01 --out katalog.xml",
    )
    export.add_argument("--framework", metavar="NUMBER", required=True)
    export.add_argument("--out", metavar="FILE", required=True)


def _add_encoding(parser: ArgumentParser) -> None:
    parser.add_argument("--encoding", metavar="NAME", help="Zeichensatz, z. B. windows-1252")


def run_check(arguments: Namespace) -> int:
    file = existing(arguments.file)
    with file.open("rb") as stream, patience("Prüfung"):
        result = check_catalog(stream, file.name, legal_day(now()), Reading(arguments.encoding))
    _tell(arguments, result)
    return FOUND_WRONG if result.rejected else DONE


def run_import(arguments: Namespace) -> int:
    file = existing(arguments.file)
    order = ImportOrder(
        file.name,
        arguments.framework,
        arguments.lot,
        arguments.dry_run,
        arguments.publish,
        anyway=arguments.anyway,
        reading=Reading(arguments.encoding, catalog=arguments.catalog),
    )
    with (
        file.open("rb") as stream,
        patience("Import") as note,
        database(load_settings()) as engine,
    ):
        made = sessions(engine)
        keep = partial(_keep_file, stream)
        result = import_in_turns(made, now, stream, order, note, keep)
        if result.version_id is not None:
            with made() as session:
                _tell_what_stays(session, result, arguments)
    _tell(arguments, result)
    return DONE


def _tell_what_stays(session: Session, result: ImportResult, arguments: Namespace) -> None:
    """A table does not say to which catalog it belongs; a file of XML does."""
    whole = result.transaction == Transaction.NEW_CATALOG
    if not whole or arguments.catalog is not None or result.format not in TABLES:
        return
    version = session.get_one(CatalogVersion, result.version_id)
    if left := what_stays(session, version, arguments.lot):
        warn(
            f"Auch wenn sie fehlen, bleiben: {'; '.join(left)}. "
            "--catalog nennt den Katalog, zu dem die Tabelle gehört."
        )


def _keep_file(stream: BinaryIO, session: Session) -> None:
    """As what is uploaded, so that the version can show what it was read from."""
    if stream.seek(0, SEEK_END) > LARGEST_KEPT:
        warn("Die Datei ist größer als 500 MB: aufbewahrt wird nur ihre Prüfsumme.")
        return
    keep_stream(session, stream, "application/octet-stream", now())


def run_stock(arguments: Namespace) -> int:
    file = existing(arguments.file)
    order, findings = StockOrder(arguments.framework, arguments.supplier, file.name), Findings()
    with file.open("rb") as stream, patience("Bestand"), transaction() as session:
        lines = read_stock(stream, findings)
        report = report_stock(session, order, lines, findings, (None, now()))
        figures = report.figures
    said = {"file": file.name, "figures": figures}
    said["rejected"] = [finding_json(one) for one in findings.rejected]
    said["warnings"] = [finding_json(one) for one in findings.warnings]
    answer(arguments, said, f"{file.name}: {figures} Bestände übernommen")
    for finding in (*findings.rejected, *findings.warnings):
        warn(_line(finding))
    return DONE


def run_export(arguments: Namespace) -> int:
    """The file appears whole or not at all."""
    target = _target(arguments.out)
    with (
        transaction(writes=False) as session,
        patience("Export"),
        NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False) as partial,
    ):
        try:
            for part in _exported(session, arguments.framework, target.suffix.lower()):
                partial.write(part)
        except BaseException:
            Path(partial.name).unlink()
            raise
    Path(partial.name).replace(target)
    say(f"{target} geschrieben.")
    return DONE


def _target(path: str) -> Path:
    """Malformed where the ending is no format's; a name without one becomes BMEcat."""
    target = Path(path)
    if target.suffix and target.suffix.lower() not in ENDINGS:
        text = f"Die Datei {path} endet nicht auf {', '.join(ENDINGS[:-1])} oder {ENDINGS[-1]}."
        raise Malformed(FieldError("--out", "ending_unknown", text))
    return target


def _exported(session: Session, framework: str, suffix: str) -> Iterable[bytes]:
    """The format by the ending of the file's name."""
    if suffix in {"", ".xml"}:
        return export_catalog(session, framework, now())
    version = newest_of(session, framework)
    if suffix == ".csv":
        return export_csv(session, version.id, now())
    return [export_xlsx(session, version.id, now())]


def _tell(arguments: Namespace, result: ImportResult) -> None:
    counted = result.articles
    answer(
        arguments,
        result.as_json(),
        f"{result.file}: {result.format}, {result.transaction}",
        f"  Artikel neu {_count(counted.new)}, geändert {_count(counted.changed)}, "
        f"unverändert {_count(counted.unchanged)}, entfallen {_count(counted.removed)}",
        f"  Preise {result.prices}, Gruppen {result.groups}, zurückgewiesen {len(result.rejected)}",
        *(("  veröffentlicht",) if result.published else ()),
    )
    for finding in (*result.rejected, *result.warnings):
        warn(_line(finding))


def _count(number: int | None) -> str:
    return "–" if number is None else str(number)


def _line(finding: Finding) -> str:
    """Some remarks are about the whole file, or about an article wherever it stands."""
    article = f"Artikel {finding.sku}" if finding.sku else ""
    if not finding.line:
        return f"{article or 'Datei'}: {finding.reason}"
    return f"Zeile {finding.line}{f' ({article})' if article else ''}: {finding.reason}"
