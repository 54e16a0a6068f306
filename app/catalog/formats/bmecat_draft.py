"""Collecting what one BMEcat article element says, part by part, dispatched by name."""

from collections.abc import Callable, Sized
from dataclasses import dataclass, field
from typing import Final

from lxml import etree
from lxml.etree import _Element as Element

from app.catalog.formats.article_drafts import Draft
from app.catalog.formats.bmecat_parts import (
    NO_FEATURE,
    FeatureBlock,
    read_extensions,
    read_feature_block,
    read_media_list,
    read_reference,
)
from app.catalog.formats.findings import Fault
from app.catalog.formats.media import MediaSource
from app.catalog.formats.numbers import gtin_is_right
from app.catalog.formats.register import SKU_LENGTH, Register
from app.catalog.formats.texts import WORDS
from app.catalog.formats.xml_names import NAMES, child_text, text_of, texts_of

BLOCKS_KEPT: Final = 4096
LONGEST_KEPT: Final = 2000  # signs; all of them take 20 MB
KEYWORD_LENGTH: Final = 80
FEATURES: Final = 300
REFERENCES: Final = 300
PRICE_BLOCKS: Final = 200
OTHER_PARTS: Final = 50  # keywords, pictures, classifications, extensions
GERMAN: Final = "deu"
HERE: Final = (None, GERMAN)
TEXTS: Final = frozenset(
    {
        "DESCRIPTION_SHORT",
        "DESCRIPTION_LONG",
        "MPN",
        "MANUFACTURER_NAME",
        "DELIVERY_TIME",
        "REMARKS",
    }
)


@dataclass(slots=True)
class BmecatDraft(Draft):
    price_blocks: list[Element] = field(default_factory=list)


class PartReader:
    """Reads the parts of articles into drafts; what is odd goes to the register."""

    def __init__(self, register: Register, media: MediaSource) -> None:
        self._findings = register.findings
        self._counts = register.counts
        self._media = media
        self._said: dict[str, FeatureBlock] = {}
        self._readers: dict[str, Callable[[Element, BmecatDraft], None]] = {
            "DETAILS": self._details,
            "FEATURES": self._features,
            "ORDER_DETAILS": self._order_details,
            "PRICE_DETAILS": self._price_block,
            "REFERENCE": self._reference,
            "MIME_INFO": self._media_info,
            "USER_DEFINED_EXTENSIONS": self._extensions,
            "AGREEMENT_REF": self._lot,
        }

    def read(self, element: Element, draft: BmecatDraft) -> None:
        readers = self._readers
        for part in element:
            reader = readers.get(NAMES[part.tag])
            if reader is not None:
                reader(part, draft)
        self._counts.mpns += bool(draft.texts.get("MPN"))

    def read_outward(self, element: Element, draft: BmecatDraft) -> None:
        """References, and how many prices there are: of an article that is known otherwise."""
        for part in element:
            name = NAMES[part.tag]
            if name == "REFERENCE":
                self._reference(part, draft)
            elif name == "PRICE_DETAILS":
                self._counts.prices += sum(NAMES[price.tag] == "PRICE" for price in part)

    def _details(self, details: Element, draft: BmecatDraft) -> None:
        texts = draft.texts
        for part in details:
            name = NAMES[part.tag]
            if name in TEXTS:
                text = text_of(part)
                # Of several languages German wins, else the first.
                if text and (name not in texts or part.get("lang") == GERMAN):
                    texts[name] = text
            elif name == "KEYWORD":
                self._keyword(part, draft)
            elif name == "EAN":
                self._gtin(part, draft)
            elif name == "AGREEMENT_REF":
                self._lot(part, draft)
            elif name == "DETAILS":
                self._findings.add(draft.line, draft.sku, Fault.NESTED_DETAILS)

    def _keyword(self, part: Element, draft: BmecatDraft) -> None:
        keyword = WORDS[text_of(part)][:KEYWORD_LENGTH].rstrip()
        if keyword and part.get("lang") in HERE and self._room(draft.keywords, draft):
            draft.keywords.append(keyword)

    def _gtin(self, part: Element, draft: BmecatDraft) -> None:
        gtin = text_of(part)
        if not gtin:
            return
        self._counts.gtins += 1
        if gtin_is_right(gtin):
            draft.gtin = draft.gtin or gtin
        else:
            self._findings.add(draft.line, draft.sku, Fault.GTIN_WRONG, gtin)

    def _features(self, block: Element, draft: BmecatDraft) -> None:
        said = self._block_of(block)
        self._counts.features += said.number
        if said.plain is not None and len(draft.features) + len(said.plain) <= FEATURES:
            draft.features += said.plain
        else:
            self._features_one_by_one(said, draft)
        if said.classification and self._room(draft.classifications, draft):
            draft.classifications.append(said.classification)

    def _features_one_by_one(self, said: FeatureBlock, draft: BmecatDraft) -> None:
        for feature, choice in said.told:
            if not self._room(draft.features, draft, FEATURES):
                break
            if choice is not None and self._room(draft.choices, draft):
                draft.choices.append(choice)
            elif feature is not NO_FEATURE:
                draft.features.append(feature)

    def _order_details(self, part: Element, draft: BmecatDraft) -> None:
        draft.order |= texts_of(part)

    def _price_block(self, part: Element, draft: BmecatDraft) -> None:
        if self._room(draft.price_blocks, draft, PRICE_BLOCKS):
            draft.price_blocks.append(part)

    def _reference(self, part: Element, draft: BmecatDraft) -> None:
        self._counts.references[part.get("type") or "others"] += 1
        reference = read_reference(part, SKU_LENGTH)
        if reference is not None and reference.sku == draft.sku:
            self._findings.add(draft.line, draft.sku, Fault.SELF_REFERENCE)
        elif reference is not None and self._room(draft.references, draft, REFERENCES):
            draft.references.append(reference)

    def _media_info(self, part: Element, draft: BmecatDraft) -> None:
        for media in read_media_list(part, OTHER_PARTS + 1):
            if not self._room(draft.media, draft):
                break
            fault = self._media.fault(media)
            if fault is not None:
                self._findings.add(draft.line, draft.sku, fault, media.source)
            if fault != Fault.MEDIA_UNSAFE:
                draft.media.append(media)

    def _extensions(self, part: Element, draft: BmecatDraft) -> None:
        draft.extensions += read_extensions(part, OTHER_PARTS)

    def _lot(self, part: Element, draft: BmecatDraft) -> None:
        draft.lot = child_text(part, "AGREEMENT_LINE_IDREF")

    def _block_of(self, block: Element) -> FeatureBlock:
        """A block that many articles have word for word is read once."""
        written = etree.tostring(block, with_tail=False, encoding="unicode")
        said = self._said.get(written)
        if said is None:
            said = read_feature_block(block, FEATURES + OTHER_PARTS)
            if len(written) <= LONGEST_KEPT:
                if len(self._said) >= BLOCKS_KEPT:
                    self._said.clear()
                self._said[written] = said
        return said

    def _room(self, kept: Sized, draft: BmecatDraft, limit: int = OTHER_PARTS) -> bool:
        return len(kept) < limit or draft.overflows(self._findings, limit)
