"""Every address that a template writes leads to a route of the application."""

import re
from pathlib import Path

from starlette.routing import Match

from app.database.engine import open_engine, sessions
from app.main import create_app
from app.settings import Settings
from app.web.pages import TEMPLATES

FILES = sorted(TEMPLATES.rglob("*.html"))
ADDRESS = re.compile(r'\b(?:href|action|formaction|hx-get|hx-post)"?[=:]\s*"(/[^"]*)"')
PARTS = re.compile(r"\{%.*?%\}|\{#.*?#\}", re.DOTALL)
BRANCHES = re.compile(r'([\w-]+)="\{% if [^%]* %\}(.*?)\{% else %\}(.*?)\{% endif %\}"')
CHOICES = re.compile(r"\{\{ '(\w+)' if [^}]*\}\}")
VALUES = re.compile(r"\{\{.*?\}\}", re.DOTALL)
NOWHERE = sessions(open_engine("sqlite:///nowhere.db"))  # nobody asks it: no file appears
ROUTES = create_app(Settings(secret_key="x" * 40), NOWHERE).router.routes


def addresses(file: Path) -> set[str]:
    """Paths with every value filled in by one sign; queries and anchors belong to the page."""
    text = BRANCHES.sub(r'\1="\2" \1="\3"', file.read_text(encoding="utf-8"))
    text = CHOICES.sub(r"\1", PARTS.sub("", text))
    text = VALUES.sub("1", text)
    return {re.split(r"[?#]", found)[0] for found in ADDRESS.findall(text)}


def leads_somewhere(path: str) -> bool:
    scope = {"type": "http", "path": path, "method": "GET", "root_path": "", "headers": []}
    return any(route.matches(scope)[0] is not Match.NONE for route in ROUTES)


def test_every_written_address_leads_to_a_route() -> None:
    written = {
        (path, str(file.relative_to(TEMPLATES))) for file in FILES for path in addresses(file)
    }
    nowhere = {path for path in {path for path, _ in written} if not leads_somewhere(path)}

    assert sorted(one for one in written if one[0] in nowhere) == []


def test_an_unknown_address_would_be_found() -> None:
    assert not leads_somewhere("/gibt-es-nicht")
