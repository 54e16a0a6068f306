"""Exports and pages call a state by the same word."""

from jinja2 import Environment, FileSystemLoader

from app.ordering.rules import STATE_WORDS, State
from app.shipped import shipped


def test_exports_use_the_words_of_the_pages() -> None:
    pages = Environment(loader=FileSystemLoader(shipped("templates")), autoescape=True)
    tags = pages.get_template("ui/tag.html").make_module()

    words = {state: str(tags.state_word(state.value)) for state in State}  # type: ignore[attr-defined]

    assert words == STATE_WORDS
