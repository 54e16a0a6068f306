"""What no page may do: code inside markup, forms without a token, names that lead nowhere."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import nodes

from app.web.pages import TEMPLATES, environment

FILES = sorted(TEMPLATES.rglob("*.html"))
PAGES = environment(product_name="Abrufportal", demo=True)
STATEMENT = re.compile(r"\{#.*?#\}|\{%.*?%\}", re.DOTALL)
EXPRESSION = re.compile(r"\{\{.*?\}\}", re.DOTALL)
TAG = re.compile(r"<[a-zA-Z][^>]*>", re.DOTALL)
FORM = re.compile(r"<form\b[^>]*>.*?</form>", re.DOTALL)
FORBIDDEN = {
    "inline style": re.compile(r"\sstyle\s*=|<style\b", re.IGNORECASE),
    "inline handler": re.compile(r"\son[a-z]+\s*=", re.IGNORECASE),
    "code for htmx": re.compile(r"hx-on\b|hx-live\b|[\"']js:|hx-trigger=\"[^\"]*\[", re.IGNORECASE),
    "inline script": re.compile(r"<script\b(?![^>]*\bsrc=)", re.IGNORECASE),
}


def name_of(file: Path) -> str:
    return str(file.relative_to(TEMPLATES))


def markup(file: Path) -> str:
    """The text with Jinja's own parts blanked, so that tags end where they seem to."""
    source = STATEMENT.sub("", file.read_text(encoding="utf-8"))
    return EXPRESSION.sub("EXPRESSION", source)


def tags(file: Path, kind: str) -> Iterator[str]:
    return (tag for tag in TAG.findall(markup(file)) if re.match(rf"<{kind}\b", tag))


every_template = pytest.mark.parametrize("file", FILES, ids=name_of)


@every_template
def test_a_template_compiles(file: Path) -> None:
    assert PAGES.get_template(name_of(file)).name == name_of(file)


@every_template
def test_a_template_holds_no_code(file: Path) -> None:
    text = markup(file)

    assert [what for what, pattern in FORBIDDEN.items() if pattern.search(text)] == []


@every_template
def test_nothing_is_declared_safe(file: Path) -> None:
    assert not re.search(r"\|\s*safe\b", file.read_text(encoding="utf-8"))


@every_template
def test_every_button_says_what_it_does(file: Path) -> None:
    assert [tag for tag in tags(file, "button") if not re.search(r"\stype=", tag)] == []


@every_template
def test_every_form_that_posts_carries_the_token(file: Path) -> None:
    source = file.read_text(encoding="utf-8")
    posting = [form for form in FORM.findall(source) if re.search(r'method="post"', form)]

    assert [form[:120] for form in posting if "csrf_field(" not in form] == []
    assert len(posting) == len(re.findall(r'method="post"', source)), "a form is not closed here"


@every_template
def test_every_imported_macro_is_used(file: Path) -> None:
    tree = PAGES.parse(file.read_text(encoding="utf-8"))
    used = {name.name for name in tree.find_all(nodes.Name) if name.ctx == "load"}
    imported = {
        alias[1] if isinstance(alias, tuple) else alias
        for found in tree.find_all(nodes.FromImport)
        for alias in found.names
    }

    assert imported - used == set()


@every_template
def test_an_id_is_given_once(file: Path) -> None:
    found = Counter(re.findall(r'\sid="([^"]+)"', markup(file)))

    assert [name for name, times in found.items() if times > 1 and "EXPRESSION" not in name] == []


@every_template
def test_every_target_exists(file: Path) -> None:
    wanted = set(re.findall(r'hx-target"?[=:]\s*"#([\w-]+)"', file.read_text(encoding="utf-8")))

    assert wanted - known_ids() == set()


def known_ids() -> set[str]:
    """Ids written in any template, or handed to a macro as `id`."""
    everything = "\n".join(file.read_text(encoding="utf-8") for file in FILES)
    return set(re.findall(r'\bid"?[=:]\s*"([\w-]+)"', everything))
