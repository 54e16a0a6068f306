"""What every HTML answer must keep, whatever the test is about."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from lxml.etree import HTMLParser

UNLABELLED_KINDS: Final = {"hidden", "submit", "button", "image", "reset"}
FIELDS: Final = {"input", "select", "textarea"}
Attributes = dict[str, str]


class Page:
    """The elements of one answer, in order, with what is wrong about them.

    Every page of every test is read: with the standard library's parser that took longer than
    making some of them.
    """

    def __init__(self, html: str) -> None:
        self.elements: list[tuple[str, Attributes]] = []
        self._labels_open = 0
        self._inside_label: set[int] = set()
        events: Any = self  # without texts and comments: nobody asks for them
        parser = HTMLParser(target=events, huge_tree=True)
        parser.feed(html)
        parser.close()

    def start(self, tag: str, attributes: Mapping[str, str | None]) -> None:
        if tag == "label":
            self._labels_open += 1
        if self._labels_open:
            self._inside_label.add(len(self.elements))
        self.elements.append((tag, {name: value or "" for name, value in attributes.items()}))

    def end(self, tag: str) -> None:
        if tag == "label":
            self._labels_open -= 1

    def close(self) -> None:
        """The parser asks for it; there is nothing left to do."""

    def all(self, tag: str) -> list[Attributes]:
        return [attributes for name, attributes in self.elements if name == tag]

    def faults(self, *, whole: bool) -> list[str]:
        """German or not: these are for the test's author. `whole` is False for a fragment."""
        return [
            *(self._whole_page() if whole else ()),
            *self._inline_code(),
            *self._without_text(),
            *self._doubled_ids(),
            *self._forms(),
        ]

    def _whole_page(self) -> Iterator[str]:
        if len(self.all("h1")) != 1:
            yield f"{len(self.all('h1'))} h1 statt einer"
        if not any(attributes.get("lang") for attributes in self.all("html")):
            yield "html ohne lang"
        if len(self.all("title")) < 1:
            yield "ohne title"
        if len(self.all("main")) != 1:
            yield f"{len(self.all('main'))} main statt einem"

    def _inline_code(self) -> Iterator[str]:
        for tag, attributes in self.elements:
            if tag == "style" or "style" in attributes:
                yield f"Stil im Dokument: {tag} {attributes}"
            if tag == "script" and "src" not in attributes:
                yield "Skript im Dokument"
            yield from (f"Handler {name} an {tag}" for name in attributes if name.startswith("on"))
            if attributes.get("href", "").lower().startswith("javascript:"):
                yield f"javascript-Link {attributes['href']}"

    def _without_text(self) -> Iterator[str]:
        yield from (f"Bild ohne alt: {image}" for image in self.all("img") if "alt" not in image)
        targets = {attributes.get("for") for attributes in self.all("label")}
        for position, (tag, attributes) in enumerate(self.elements):
            if tag not in FIELDS or attributes.get("type") in UNLABELLED_KINDS:
                continue
            named = (
                "aria-label" in attributes
                or "aria-labelledby" in attributes
                or attributes.get("id", "?") in targets
                or position in self._inside_label
            )
            if not named:
                yield f"Feld ohne Beschriftung: {tag} {attributes}"

    def _doubled_ids(self) -> Iterator[str]:
        seen: set[str] = set()
        for _, attributes in self.elements:
            name = attributes.get("id")
            if name is not None and name in seen:
                yield f"id doppelt: {name}"
            seen.add(name or "")

    def _forms(self) -> Iterator[str]:
        """Every form that changes something carries the token before the next form begins."""
        waiting: Attributes | None = None
        for tag, attributes in self.elements:
            if tag == "form":
                if waiting is not None:
                    yield f"POST-Formular ohne CSRF-Feld: {waiting}"
                waiting = attributes if attributes.get("method", "").lower() == "post" else None
            elif tag == "input" and attributes.get("name") == "_csrf":
                waiting = None
        if waiting is not None:
            yield f"POST-Formular ohne CSRF-Feld: {waiting}"
