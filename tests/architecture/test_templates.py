"""What no page may do: code inside markup, forms without a token, names that lead nowhere."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from jinja2 import nodes

from app.web.pages import TEMPLATES, environment

FILES = sorted(TEMPLATES.rglob("*.html"))
PAGES = environment(product_name="Abrufportal", demo=True)
STATEMENT = re.compile(r"\{#.*?#\}|\{%.*?%\}", re.DOTALL)
EXPRESSION = re.compile(r"\{\{.*?\}\}", re.DOTALL)
TAG = re.compile(r"<[a-zA-Z][^>]*>", re.DOTALL)
FORM = re.compile(r"<form\b[^>]*>.*?</form>", re.DOTALL)
TARGET = re.compile(r'hx-target"?[=:]\s*"#([\w-]+)"')
ID = re.compile(r'\bid"?[=:]\s*"([\w-]+)"')
FORBIDDEN = {
    "inline style": re.compile(r"\sstyle\s*=|<style\b", re.IGNORECASE),
    "inline handler": re.compile(r"\son[a-z]+\s*=", re.IGNORECASE),
    "code for htmx": re.compile(r"hx-on\b|hx-live\b|[\"']js:|hx-trigger=\"[^\"]*\[", re.IGNORECASE),
    "inline script": re.compile(r"<script\b(?![^>]*\bsrc=)", re.IGNORECASE),
}


def name_of(file: Path) -> str:
    return str(file.relative_to(TEMPLATES))


@cache
def source_of(file: Path) -> str:
    return file.read_text(encoding="utf-8")


@cache
def markup(file: Path) -> str:
    """The text with Jinja's own parts blanked, so that tags end where they seem to."""
    source = STATEMENT.sub("", source_of(file))
    return EXPRESSION.sub("EXPRESSION", source)


def tags(file: Path, kind: str) -> Iterator[str]:
    return (tag for tag in TAG.findall(markup(file)) if re.match(rf"<{kind}\b", tag))


def faults(found_in: Callable[[Path], object]) -> dict[str, object]:
    """By template; a test for each one of four hundred would take longer than all of them."""
    found = {name_of(file): found_in(file) for file in FILES}
    return {name: fault for name, fault in found.items() if fault}


def test_every_template_compiles() -> None:
    assert [PAGES.get_template(name_of(file)).name for file in FILES] == list(map(name_of, FILES))


def test_no_template_holds_code() -> None:
    def code(file: Path) -> list[str]:
        text = markup(file)
        return [what for what, pattern in FORBIDDEN.items() if pattern.search(text)]

    assert faults(code) == {}


def test_nothing_is_declared_safe() -> None:
    assert faults(lambda file: re.findall(r"\|\s*safe\b", source_of(file))) == {}


def test_every_button_says_what_it_does() -> None:
    def silent(file: Path) -> list[str]:
        return [tag for tag in tags(file, "button") if not re.search(r"\stype=", tag)]

    assert faults(silent) == {}


def test_every_form_that_posts_carries_the_token() -> None:
    def without(file: Path) -> list[str]:
        source = source_of(file)
        posting = [form for form in FORM.findall(source) if re.search(r'method="post"', form)]
        closed = len(posting) == len(re.findall(r'method="post"', source))
        bare = [form[:120] for form in posting if "csrf_field(" not in form]
        return bare if closed else [*bare, "a form is not closed here"]

    assert faults(without) == {}


def test_every_form_that_posts_leaves_checking_to_us() -> None:
    """One way: our German sentence at the field, not the browser's bubble in its own language."""

    def bubbling(file: Path) -> list[str]:
        posting = [tag for tag in tags(file, "form") if 'method="post"' in tag]
        return [tag for tag in posting if not re.search(r"\bnovalidate\b", tag)]

    assert faults(bubbling) == {}


def test_every_imported_macro_is_used() -> None:
    def unused(file: Path) -> set[str]:
        tree = PAGES.parse(source_of(file))
        used = {name.name for name in tree.find_all(nodes.Name) if name.ctx == "load"}
        imported = {
            alias[1] if isinstance(alias, tuple) else alias
            for found in tree.find_all(nodes.FromImport)
            for alias in found.names
        }
        return imported - used

    assert faults(unused) == {}


def test_an_id_is_given_once() -> None:
    def twice(file: Path) -> list[str]:
        found = Counter(re.findall(r'\sid="([^"]+)"', markup(file)))
        return [name for name, times in found.items() if times > 1 and "EXPRESSION" not in name]

    assert faults(twice) == {}


def test_every_target_exists() -> None:
    """Ids are written in any template, or handed to a macro as `id`."""
    known = {name for file in FILES for name in re.findall(ID, source_of(file))}

    assert faults(lambda file: set(re.findall(TARGET, source_of(file))) - known) == {}
