"""How long a person needs for what the browser saw: the keystroke-level model.

Card, Moran and Newell, The Keystroke-Level Model for User Performance Time with Interactive
Systems, Communications of the ACM 23 (1980). It estimates practised work without mistakes.
The operators are counted from the events that the browser itself reports, so a test cannot
count less than it does:

- K, one key: 0.28 s (average non-secretary typist); a capital letter is two, Ctrl+Enter too
- P, point with the mouse: 1.10 s, and B, press or release: 0.10 s; a click is P B B
- H, move the hand between mouse and keyboard: 0.40 s, wherever the stream changes between them
- M, decide or read one thing: 1.35 s; one for each click and each word typed, but none for a
  word into the field that was just clicked (it is anticipated, rule 1 of the paper); what is read
  on the way is named by the flow itself, see `reads`
- R, wait: half a second for each page and each fragment, which is what the portal is held to; a
  test that measured it would fail on a machine that has other things to do
"""

from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from playwright.sync_api import Locator, Page

K: Final = 0.28
P: Final = 1.10
B: Final = 0.10
H: Final = 0.40
M: Final = 1.35
R: Final = 0.50
CLICK: Final = P + B + B

# Kept in the tab, so that it outlives the pages; only trusted events: a script's do not count.
RECORDER: Final = """(() => {
  const add = (kind, value) => {
    const all = JSON.parse(sessionStorage.getItem("counted") || "[]");
    all.push([kind, value]);
    sessionStorage.setItem("counted", JSON.stringify(all));
  };
  addEventListener("pointerdown", (e) => {
    if (e.isTrusted) add("click", e.target.matches("input, textarea") ? "field" : "");
  }, true);
  addEventListener("keydown", (e) => { if (e.isTrusted) add("key", e.key); }, true);
  addEventListener("load", () => setTimeout(() => {
    add("page", "");
  }));
  new PerformanceObserver((list) => list.getEntries()
    .filter((one) => one.initiatorType === "fetch")
    .forEach((one) => add("fragment", ""))).observe({ type: "resource" });
})()"""
LIST_PICKED: Final = """(list) => {
  const all = JSON.parse(sessionStorage.getItem("counted") || "[]");
  all.push(["pick", list.name]);
  sessionStorage.setItem("counted", JSON.stringify(all));
}"""
Event = tuple[str, Any]


@dataclass(frozen=True)
class Effort:
    """What a flow costs a person."""

    clicks: int
    words: int
    keys: int
    pages: int
    seconds: float

    def __str__(self) -> str:
        return (
            f"{self.clicks} clicks, {self.words} words, {self.keys} keys, {self.pages} pages, "
            f"{self.seconds:.1f} s"
        )


class Hand:
    """Drives a page as a person would, and knows what that cost."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._read = 0
        page.context.add_init_script(RECORDER)

    def starts_at(self, path: str) -> None:
        """Opening the first page is no part of the flow."""
        self.page.goto(path)
        self.page.wait_for_load_state("networkidle")
        self.page.evaluate("sessionStorage.removeItem('counted')")

    def clicks(self, wanted: Locator) -> None:
        wanted.click()

    def types(self, text: str) -> None:
        self.page.keyboard.type(text)

    def presses(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def picks(self, wanted: Locator, index: int) -> None:
        """An entry of a native list, which the driver cannot open: two clicks, open and choose."""
        wanted.select_option(index=index)
        wanted.evaluate(LIST_PICKED)

    def reads(self, things: int) -> None:
        """So many things are looked at before the hand goes on."""
        self._read += things

    def effort(self) -> Effort:
        """Of everything since the start."""
        self.page.wait_for_load_state("networkidle")
        counted = "JSON.parse(sessionStorage.getItem('counted') || '[]')"
        return effort([(kind, value) for kind, value in self.page.evaluate(counted)], self._read)


def effort(events: list[Event], read: int = 0) -> Effort:
    """The model over a stream of events; waiting happens beside the hands."""
    waits = sum(kind in {"page", "fragment"} for kind, _ in events)
    acts = [event for event in events if event[0] in {"click", "pick", "key"}]
    clicks = sum(2 if kind == "pick" else 1 for kind, _ in acts if kind != "key")
    keys = sum(_strokes(value) for kind, value in acts if kind == "key")
    runs = [
        (is_key, list(run)) for is_key, run in groupby(acts, key=lambda event: event[0] == "key")
    ]
    decisions = sum(_decisions(runs, at) for at in range(len(runs)))
    moves = sum(1 for at, (is_key, _) in enumerate(runs) if is_key or at > 0)
    seconds = clicks * CLICK + keys * K + (decisions + read) * M + moves * H + waits * R
    words = sum(is_key and any(len(value) == 1 for _, value in run) for is_key, run in runs)
    pages = sum(kind == "page" for kind, _ in events)
    return Effort(clicks, words, keys, pages, seconds)


def _strokes(key: str) -> int:
    """The driver types capitals without the shift key, a person does not."""
    return 2 if len(key) == 1 and key.isupper() else 1


def _decisions(runs: list[tuple[bool, list[Event]]], at: int) -> int:
    is_key, run = runs[at]
    if not is_key:
        return len(run)
    field_before = at > 0 and runs[at - 1][1][-1] == ("click", "field")
    return 0 if field_before else 1
