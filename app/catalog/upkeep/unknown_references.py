"""References that lead nowhere: neither the file nor what stays published has the article."""

from collections.abc import Iterator
from itertools import islice
from typing import Final

from app.catalog.formats.findings import KEPT_FINDINGS, SENTENCES, Fault, Finding, Findings
from app.catalog.upkeep.kept_catalogs import belongs
from app.catalog.upkeep.known_articles import Known, known_articles
from app.catalog.upkeep.read_file import FileFacts
from app.catalog.upkeep.staging_rows import Target
from app.catalog.upkeep.turns import Turns

BATCH: Final = 5000
SHOWN: Final = 80  # signs of a number in a remark
NOWHERE: Final = "Der Verweis auf „{}“ führt zu keinem Artikel der Datei oder des Katalogs."


def judge_references(
    turns: Turns, file: FileFacts, target: Target, findings: Findings, *, whole: bool
) -> None:
    """The reader of a whole catalog remarked on all that the file does not hold; updates on none.

    Remarks on what stays published are taken back, those of an update on what nobody has are added.
    """
    if not file.counts.dangling_references:
        return
    if whole:
        _take_back(turns, file, target, findings)
        return
    unknown = (found for found in _judged(turns, file) if found[3] is None)
    findings.join(
        Finding(line, sku, Fault.DANGLING_REFERENCE, NOWHERE.format(to[:SHOWN]))
        for line, sku, to, _ in islice(unknown, KEPT_FINDINGS)
    )


def _take_back(turns: Turns, file: FileFacts, target: Target, findings: Findings) -> None:
    sentence = SENTENCES[Fault.DANGLING_REFERENCE]
    known = {
        (line, sku, sentence.format(detail=to[:SHOWN]))
        for line, sku, to, one in _judged(turns, file)
        if one is not None and not belongs(one, file.header.catalog_id, target)
    }
    if not known:
        return
    kept = [
        one
        for one in findings.kept
        if one.code is not Fault.DANGLING_REFERENCE or (one.line, one.sku, one.reason) not in known
    ]
    findings.counts[Fault.DANGLING_REFERENCE] -= len(findings.kept) - len(kept)
    findings.kept[:] = kept


def _judged(turns: Turns, file: FileFacts) -> Iterator[tuple[int, str, str, Known | None]]:
    """Line, article and target of every reference out of the file, with the published target."""
    dangling = file.holdings.ledger.dangling()
    while some := list(islice(dangling, BATCH)):
        with turns() as session:
            published = known_articles(session, list({to for _, _, to in some}))
        for line, sku, to in some:
            one = published.get(to)
            yield line, sku, to, one if one is not None and one.active else None
