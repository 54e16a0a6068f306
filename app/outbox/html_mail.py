"""The HTML part of a mail, made from its text: it reads well aloud, enlarged, dark and without CSS.

Blank lines part paragraphs, lines that begin with `- ` are a list, and `Words: https://…` is a link
with these words where it leads into the portal. Every other address shows where it leads.
"""

import re
from html import escape
from typing import Final

ADDRESS: Final = re.compile(r"https?://[^\s<>\"']+")
LINK_LINE: Final = re.compile(r"(?P<words>[^:]{1,80}): (?P<address>https?://[^\s<>\"']+)")
ITEM: Final = "- "

PAGE: Final = """\
<!DOCTYPE html>
<html lang="de">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
</head>
<body style="margin:0;padding:1.5rem;font:1rem/1.5 'Fira Sans',Arial,sans-serif">
<main style="max-width:38rem;overflow-wrap:anywhere">
<h1 style="margin:0 0 1rem;font-size:1.375rem;line-height:1.3">{title}</h1>
{content}
</main>
</body>
</html>
"""


def as_html(subject: str, body: str, own_address: str = "") -> str:
    """A whole page; nothing of `body` is taken for markup."""
    parts = [part.strip("\n") for part in re.split(r"\n\s*\n", body.strip())]
    content = "\n".join(_block(part.splitlines(), own_address) for part in parts if part)
    return PAGE.format(title=escape(" ".join(subject.split())), content=content)


def _block(lines: list[str], own_address: str) -> str:
    """A paragraph, with a list where lines of one begin."""
    blocks: list[str] = []
    plain: list[str] = []
    items: list[str] = []
    for line in [*lines, ""]:
        if items and not line.startswith(ITEM):
            blocks.append(_list(items))
            items = []
        if plain and (line.startswith(ITEM) or not line):
            blocks.append(f"<p>{'<br>'.join(plain)}</p>")
            plain = []
        if line.startswith(ITEM):
            items.append(_line(line.removeprefix(ITEM), own_address))
        elif line:
            plain.append(_line(line, own_address))
    return "\n".join(blocks)


def _list(items: list[str]) -> str:
    return "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"


def _line(line: str, own_address: str) -> str:
    named = LINK_LINE.fullmatch(line.strip())
    if named and own_address and _is_own(named["address"], own_address):
        return f'<a href="{escape(named["address"])}">{escape(named["words"])}</a>'
    shown, at = [], 0
    for found in ADDRESS.finditer(line):
        address = found[0].rstrip(".,;:!?)")
        shown.append(escape(line[at : found.start()]))
        shown.append(f'<a href="{escape(address)}">{escape(address)}</a>')
        at = found.start() + len(address)
    return "".join((*shown, escape(line[at:])))


def _is_own(address: str, own_address: str) -> bool:
    base = own_address.rstrip("/")
    return address == base or address.startswith(f"{base}/")
