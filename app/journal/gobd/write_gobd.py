"""Writing the medium for a tax audit: one table after the other, a few hundred rows at a time."""

from typing import BinaryIO, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from sqlalchemy.orm import Session

from app.journal.gobd.document_type import document_type
from app.journal.gobd.export import Period
from app.journal.gobd.layout import DTD, Supplier, csv_lines, index_xml
from app.journal.gobd.tables import EXPORTS
from app.kernel.german import day

README: Final = """Datenträger für die Außenprüfung (§ 147 Abs. 6 AO, Z3)

index.xml beschreibt die Tabellen nach dem Beschreibungsstandard der Finanzverwaltung
(GDPdU, Dokumenttyp vom 1. September 2004). Prüfprogramme lesen index.xml und finden
danach Trennzeichen, Zahlenformat, Schlüssel und Verknüpfungen selbst.

Zeitraum: {first} bis {last}
Abrufe, Abrufpositionen, Schritte:  nach dem Tag der Einreichung
Rechnungen, Rechnungspositionen:    nach dem Rechnungsdatum
Journal:                            nach der Zeit des Vorgangs

Beträge in Euro mit Komma, Tage als TT.MM.JJJJ, Zeiten nach deutscher Uhr, Zeichensatz UTF-8.
Maßgeblich für Rechnungen ist das XML (XRechnung); die Spalte Pruefsumme nennt seine SHA-256.
"""


def write_gobd(session: Session, target: BinaryIO, period: Period, supplier: Supplier) -> None:
    """Into `target`, which is open for writing; reads only."""
    tables = tuple(export.table for export in EXPORTS)
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        about = README.format(first=day(period.first), last=day(period.last))
        archive.writestr(_named("LIESMICH.txt"), about.replace("\n", "\r\n").encode("utf-8-sig"))
        archive.writestr(_named(DTD), document_type())
        described = index_xml(supplier, tables, period.first, period.last)
        archive.writestr(_named("index.xml"), described)
        for export in EXPORTS:
            with archive.open(_named(export.table.file), "w", force_zip64=True) as file:
                for line in csv_lines(export.table, export.read(session, period)):
                    file.write(line)


def _named(name: str) -> ZipInfo:
    """Without a clock: the same rows give the same bytes."""
    found = ZipInfo(name)
    found.compress_type = ZIP_DEFLATED
    return found
