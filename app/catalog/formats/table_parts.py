"""The cells of a table that hold several values, as parts of the draft of an article."""

from collections.abc import Mapping
from typing import Any, Final

from app.catalog.formats.article_drafts import Draft
from app.catalog.formats.bmecat_parts import (
    NAME_LENGTH,
    SYSTEM_LENGTH,
    UNIT_LENGTH,
    VALUE_LENGTH,
    media_of,
    relation,
)
from app.catalog.formats.findings import Fault, Findings
from app.catalog.formats.numbers import QUANTITIES, gtin_is_right
from app.catalog.formats.register import SKU_LENGTH
from app.catalog.formats.table_columns import Column
from app.catalog.formats.table_lines import values_in
from app.catalog.formats.texts import WORDS, extension_name, one_line
from app.catalog.formats.values import Feature, Reference

PARTS: Final = 300  # of one kind in one row
KEYWORD_LENGTH: Final = 80
CPV_LENGTH: Final = 8
CPV: Final = "CPV"

Cells = Mapping[Column, str]


def read_parts(cells: Cells, draft: Draft, findings: Findings) -> None:
    """With the limits and the rules of every other catalog; what lacks its value is no part."""
    draft.gtin = _gtin(cells.get(Column.GTIN, ""), draft, findings)
    words = (_cut(word, KEYWORD_LENGTH) for (word,) in values_in(cells.get(Column.KEYWORDS, ""), 1))
    draft.keywords = list(filter(None, words))
    draft.features = _features(cells)
    draft.classifications = _classifications(cells)
    draft.references = _references(cells, draft, findings)
    media = (media_of(*one) for one in values_in(cells.get(Column.MEDIA, ""), 5))
    draft.media = list(filter(None, media))
    draft.extensions = [
        (name, text)
        for written, said in values_in(cells.get(Column.EXTENSIONS, ""), 2)
        if (name := extension_name(_cut(written, NAME_LENGTH)))
        and (text := one_line(said)[:VALUE_LENGTH].rstrip())
    ]
    kinds: tuple[list[Any], ...] = (
        draft.keywords,
        draft.features,
        draft.references,
        draft.media,
        draft.extensions,
    )
    if any(len(kept) > PARTS for kept in kinds):
        draft.overflows(findings, PARTS)
        for kept in kinds:
            del kept[PARTS:]


def _gtin(gtin: str, draft: Draft, findings: Findings) -> str:
    if not gtin or gtin_is_right(gtin):
        return gtin
    findings.add(draft.line, draft.sku, Fault.GTIN_WRONG, gtin)
    return ""


def _features(cells: Cells) -> list[Feature]:
    written = values_in(cells.get(Column.FEATURES, ""), 3)
    told = (
        Feature(_cut(name, NAME_LENGTH), one_line(value)[:VALUE_LENGTH].rstrip(), unit)
        for name, value, unit in ((one[0], one[1], _cut(one[2], UNIT_LENGTH)) for one in written)
    )
    return [one for one in told if one.name and one.value]


def _classifications(cells: Cells) -> list[tuple[str, str]]:
    """The codes of all systems; the column of its own counts where none of them is a CPV code."""
    written = [
        (_cut(system, SYSTEM_LENGTH), _cut(code, SYSTEM_LENGTH))
        for system, code in values_in(cells.get(Column.CLASSES, ""), 2)
    ]
    found = [(system, code) for system, code in written if system and code]
    cpv = _cut(cells.get(Column.CPV, ""), CPV_LENGTH)
    if cpv and not any(system.startswith(CPV) for system, _ in found):
        found.append((CPV, cpv))
    return found


def _references(cells: Cells, draft: Draft, findings: Findings) -> list[Reference]:
    """Of a line with one value only that is the number; nobody said what kind it is."""
    found = []
    for kind, named, many in values_in(cells.get(Column.REFERENCES, ""), 3):
        target = (named or kind).strip()
        if target == draft.sku:
            findings.add(draft.line, draft.sku, Fault.SELF_REFERENCE)
        elif target and len(target) <= SKU_LENGTH:
            said = relation(kind if named else "")
            found.append(Reference(said, target, QUANTITIES[many][0]))
    return found


def _cut(text: str, length: int) -> str:
    return WORDS[text][:length].rstrip()
