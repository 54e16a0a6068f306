"""The repeated parts of a BMEcat article: features, variants, references, media, extensions."""

from itertools import islice
from typing import Final, NamedTuple

from lxml.etree import _Element as Element

from app.catalog.formats.article_drafts import Choice
from app.catalog.formats.numbers import QUANTITIES, quantity
from app.catalog.formats.remembered import Remembered
from app.catalog.formats.texts import WORDS, one_line
from app.catalog.formats.values import Feature, Media, Reference
from app.catalog.formats.xml_names import NAMES, child_text, text_of, texts_of

NAME_LENGTH: Final = 120
VALUE_LENGTH: Final = 500
UNIT_LENGTH: Final = 20
KIND_LENGTH: Final = 40
RELATION_LENGTH: Final = 20
SOURCE_LENGTH: Final = 250
EXTENSION_PREFIX: Final = "UDX."
PLAIN_PARTS: Final = frozenset({"FNAME", "FVALUE", "FUNIT", "FORDER", "FDESCR"})
SYSTEM_LENGTH: Final = 60
NO_FEATURE: Final = Feature("", "", "")
NOTHING_TOLD: Final = (NO_FEATURE, None)


class FeatureBlock(NamedTuple):
    """One classification (system, code) with its features, each with the choice that it gives.

    `plain`: the features where none gives a choice, else None.
    """

    classification: tuple[str, str] | None
    told: tuple[tuple[Feature, Choice | None], ...]
    number: int
    plain: tuple[Feature, ...] | None


def read_feature(element: Element) -> tuple[Feature, Choice | None]:
    """NO_FEATURE where name or value is missing; a choice where the feature has variants."""
    texts = texts_of(element)
    value = texts.get("FVALUE", "")
    if not value or len(texts) != len(element) or not texts.keys() <= PLAIN_PARTS:
        return _rich_feature(element, texts)
    name = WORDS[texts.get("FNAME", "")][:NAME_LENGTH].rstrip()
    unit = WORDS[texts.get("FUNIT", "")][:UNIT_LENGTH].rstrip()
    value = one_line(value)[:VALUE_LENGTH].rstrip()
    return (Feature(name, value, unit) if name and value else NO_FEATURE), None


def _rich_feature(element: Element, texts: dict[str, str]) -> tuple[Feature, Choice | None]:
    """A feature with several values, a template of ECLASS or ETIM, or variants."""
    name = texts.get("FNAME", "")
    values: list[str] = []
    order = 1
    variants: list[tuple[str, str]] = []
    for part in element:
        match NAMES[part.tag]:
            case "FVALUE":
                values.append(text_of(part))
            case "FTEMPLATE":
                name = name or child_text(part, "FT_NAME")
            case "VARIANTS":
                order, _ = quantity(child_text(part, "VORDER"))
                variants += _variants(part)
            case _:
                pass
    written = ", ".join(filter(None, values))
    value = one_line(written or texts.get("FVALUE_DETAILS") or texts.get("VALUE_IDREF", ""))
    name = WORDS[name][:NAME_LENGTH].rstrip()
    unit = WORDS[texts.get("FUNIT", "")][:UNIT_LENGTH].rstrip()
    choice = Choice(order, name, unit, tuple(variants)) if name and variants else None
    value = value[:VALUE_LENGTH].rstrip()
    return (Feature(name, value, unit) if name and value else NO_FEATURE), choice


def _variants(element: Element) -> list[tuple[str, str]]:
    return [
        (
            one_line(child_text(entry, "FVALUE"))[:VALUE_LENGTH].rstrip(),
            child_text(entry, "SUPPLEMENT"),
        )
        for entry in element
        if NAMES[entry.tag] == "VARIANT"
    ]


def read_feature_block(block: Element, limit: int) -> FeatureBlock:
    """At most `limit` features, and how many there are; the other ones are not looked at."""
    system = group = other = ""
    number = 0
    told: list[tuple[Feature, Choice | None]] = []
    for part in block:
        name = NAMES[part.tag]
        if name == "FEATURE":
            number += 1
            if len(told) < limit and (one := read_feature(part)) != NOTHING_TOLD:
                told.append(one)
        elif name == "REFERENCE_FEATURE_SYSTEM_NAME":
            system = text_of(part)
        elif name == "REFERENCE_FEATURE_GROUP_ID":
            group = group or text_of(part)
        elif name in {"REFERENCE_FEATURE_GROUP_ID2", "REFERENCE_FEATURE_GROUP_NAME"}:
            other = other or text_of(part)
    code = group or other
    # ECLASS, UNSPSC, ETIM and every other system pass through as text.
    classified = (WORDS[system][:SYSTEM_LENGTH].rstrip(), WORDS[code][:SYSTEM_LENGTH].rstrip())
    plain = None if any(choice for _, choice in told) else tuple(feature for feature, _ in told)
    return FeatureBlock(classified if all(classified) else None, tuple(told), number, plain)


def read_reference(element: Element, length: int) -> Reference | None:
    target = child_text(element, "TARGET")
    if not target or len(target) > length:
        return None
    wanted, _ = QUANTITIES[element.get("quantity") or ""]
    return Reference(relation(element.get("type") or ""), target, wanted)


def relation(text: str) -> str:
    """The kind of a reference; where none is said, it is one of the other ones."""
    return WORDS[text][:RELATION_LENGTH].rstrip() or "others"


def read_media_list(element: Element, limit: int) -> tuple[Media, ...]:
    return tuple(islice(filter(None, map(_media, element)), limit))


def _media(element: Element) -> Media | None:
    texts = texts_of(element)
    names = ("MIME_SOURCE", "MIME_TYPE", "MIME_PURPOSE", "MIME_DESCR", "MIME_ALT")
    return media_of(*(texts.get(name, "") for name in names))


def media_of(source: str, mime_type: str, purpose: str, description: str, alt: str) -> Media | None:
    """None without a source that anything could be found by."""
    if not source or len(source) > SOURCE_LENGTH:
        return None
    return Media(
        source,
        KINDS[mime_type],
        KINDS[purpose] or "normal",
        WORDS[description][:SOURCE_LENGTH].rstrip(),
        WORDS[alt][:SOURCE_LENGTH].rstrip(),
    )


def _kind(text: str) -> str:
    return one_line(text)[:KIND_LENGTH].rstrip().lower()


def read_extensions(element: Element, limit: int) -> list[tuple[str, str]]:
    """The user defined extensions with a text of their own, without the prefix UDX."""
    found: list[tuple[str, str]] = []
    for part in element.iter():
        if len(found) == limit:
            break
        text = one_line(part.text or "")[:VALUE_LENGTH].rstrip() if part is not element else ""
        if text and not len(part):
            found.append(
                (NAMES[part.tag].removeprefix(EXTENSION_PREFIX)[:NAME_LENGTH].rstrip(), text)
            )
    return found


KINDS: Final = Remembered(_kind)
