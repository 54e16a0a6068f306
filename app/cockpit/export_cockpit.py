"""The cockpit of one agreement as a workbook, and its members as a table for spreadsheets."""

from collections.abc import Iterator
from typing import Final

from app.cockpit.fair_share_view import FairShareView
from app.cockpit.framework_view import FrameworkView
from app.documents.delimited import csv_bytes
from app.documents.workbook import Column, Kind, Sheet, workbook
from app.kernel.german import number, percent

MOVE_WORDS: Final = {
    "opening": "Anfangsbestand",
    "reserve": "vorgemerkt",
    "call_off": "abgerufen",
    "release": "freigegeben",
    "return": "zurückgegeben",
    "correct": "berichtigt",
}
MEMBER_HEADER: Final = (
    "Mitglied",
    "Schlüssel",
    "Abgerufen netto",
    "Vorgemerkt netto",
    "Stück",
    "Anteil",
    "Vielfaches des gleichen Anteils",
    "Kontingent",
    "Kontingent belegt",
)


def members_csv(view: FrameworkView) -> bytes:
    """One row per member; texts cannot become formulas."""
    return csv_bytes(MEMBER_HEADER, list(_member_rows(view)))


def shares_csv(view: FairShareView) -> bytes:
    """One row per member that may call off."""
    header = ("Mitglied", "Schlüssel", "Anteil netto", "Abgerufen und vorgemerkt", "Davon frei")
    rows = [
        (
            one.claim.name,
            one.claim.key,
            one.share.text.replace(".", ","),
            one.claim.drawn.text.replace(".", ","),
            one.left.text.replace(".", ","),
        )
        for one in view.shares
    ]
    return csv_bytes(header, rows)


def cockpit_workbook(view: FrameworkView) -> bytes:
    """Five sheets: ceilings, months, members, reservations, market."""
    return workbook([_ceilings(view), _months(view), _members(view), _waiting(view), _market(view)])


def _member_rows(view: FrameworkView) -> Iterator[tuple[str | int, ...]]:
    for one in view.members:
        use = one.use
        yield (
            use.name,
            use.key or "",
            use.called_off.text.replace(".", ","),
            use.reserved.text.replace(".", ","),
            use.pieces,
            percent(one.share),
            "" if one.times_equal is None else number(one.times_equal, 1),
            use.quota_words,
            "" if use.quota_percent is None else f"{use.quota_percent} %",
        )


def _ceilings(view: FrameworkView) -> Sheet:
    columns = (
        Column("Grenze", width=34),
        Column("Höchstwert netto", Kind.EURO, 18),
        Column("Abgerufen", Kind.EURO, 18),
        Column("Vorgemerkt", Kind.EURO, 18),
        Column("Frei", Kind.EURO, 18),
        Column("Höchstmenge", Kind.WHOLE),
        Column("Stück frei", Kind.WHOLE),
        Column("Belegt in %", Kind.WHOLE),
        Column("Erschöpft am", Kind.DAY),
        Column("frühestens", Kind.DAY),
        Column("spätestens", Kind.DAY),
        Column("Ausschreibung beginnen bis", Kind.DAY),
        Column("Ausblick", width=90),
    )
    rows = tuple(
        (
            one.name,
            one.maximum,
            one.called_off,
            one.reserved,
            one.remaining,
            one.level.maximum_quantity,
            one.remaining_quantity,
            one.percent,
            one.forecast.exhausted_on if one.forecast else None,
            one.forecast.earliest if one.forecast else None,
            one.forecast.latest if one.forecast else None,
            one.forecast.begin_tender_by if one.forecast else None,
            one.sentence,
        )
        for one in view.line.outlook.every
    )
    framework = view.line.framework
    return Sheet("Grenzen", columns, rows, title=f"{framework.number} {framework.title}")


def _months(view: FrameworkView) -> Sheet:
    columns = (
        Column("Monat"),
        Column("Abgerufen netto", Kind.EURO, 18),
        Column("Summe bisher", Kind.EURO, 18),
    )
    rows = tuple((one.month.text, one.net, one.sum) for one in view.months)
    return Sheet("Verlauf", columns, rows)


def _members(view: FrameworkView) -> Sheet:
    kinds = (
        Kind.TEXT,
        Kind.TEXT,
        Kind.EURO,
        Kind.EURO,
        Kind.WHOLE,
        Kind.PERCENT,
        Kind.DECIMAL,
        Kind.TEXT,
        Kind.WHOLE,
    )
    columns = tuple(
        Column(title, kind, 20) for title, kind in zip(MEMBER_HEADER, kinds, strict=True)
    )
    rows = tuple(
        (
            one.use.name,
            one.use.key or "",
            one.use.called_off,
            one.use.reserved,
            one.use.pieces,
            one.share,
            one.times_equal,
            one.use.quota_words,
            one.use.quota_percent,
        )
        for one in view.members
    )
    return Sheet("Mitglieder", columns, rows)


def _waiting(view: FrameworkView) -> Sheet:
    columns = (
        Column("Abruf", width=22),
        Column("Mitglied", width=30),
        Column("Wert netto", Kind.EURO),
        Column("Vorgemerkt seit", Kind.DAY),
        Column("Verfällt nach", Kind.DAY),
    )
    rows = tuple(
        (one.name, one.member, one.net, one.since, one.until)
        for one in (*view.reservations, *view.changes)
    )
    return Sheet("Vorgemerkt", columns, rows)


def _market(view: FrameworkView) -> Sheet:
    columns = (
        Column("Artikel"),
        Column("Bezeichnung", width=40),
        Column("Vertragspreis", Kind.UNIT_PRICE),
        Column("Marktpreis", Kind.UNIT_PRICE),
        Column("Abweichung", Kind.PERCENT),
        Column("Gesehen am", Kind.DAY),
        Column("Quelle", width=40),
        Column("Nachweise", Kind.WHOLE),
    )
    rows = tuple(
        (
            one.sku,
            one.name,
            one.unit_price,
            one.market_price,
            one.difference,
            one.seen_on,
            one.source,
            one.count,
        )
        for one in view.market
    )
    return Sheet("Marktpreise", columns, rows)
