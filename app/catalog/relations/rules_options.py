"""Which articles must, may or must not be ordered together; one function says it everywhere."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class OptionKind(StrEnum):
    """What a rule demands of the articles that it names, beside the article that it is about."""

    ALL_OF = "all_of"
    ONE_OF = "one_of"
    EXCLUDED = "excluded"
    AT_MOST = "at_most"


KIND_WORDS: Final = {
    OptionKind.ONE_OF: "eines davon gehört dazu",
    OptionKind.ALL_OF: "alle gehören dazu",
    OptionKind.AT_MOST: "höchstens so viele je Stück",
    OptionKind.EXCLUDED: "nicht zusammen bestellbar",
}


# BMEcat: `mandatory`, all of them must be ordered too; `select`, one of them must.
MANDATORY: Final = "mandatory"
SELECT: Final = "select"
BINDING: Final = frozenset({MANDATORY, SELECT})


def has_binding(references: Iterable[Sequence[object]]) -> bool:
    """Whether references of a file, (kind, number, quantity), bind the order."""
    return any(kind in BINDING for kind, *_ in references)


@dataclass(frozen=True, slots=True)
class Options:
    """One rule: `pieces` counts per piece of the article `sku`; with EXCLUDED it says nothing."""

    sku: str
    kind: OptionKind
    targets: tuple[str, ...]
    pieces: int = 1
    title: str = ""


@dataclass(frozen=True, slots=True)
class Breach:
    """A broken rule: about which article, and in German what to do."""

    sku: str
    text: str
    rule: Options


def breaches(
    rules: Iterable[Options], quantities: Mapping[str, int], names: Mapping[str, str]
) -> tuple[Breach, ...]:
    """What is wrong with ordering these quantities (0 or absent: not ordered) together.

    `names` gives the words for article numbers; a number without a name stands for itself.
    """
    found = []
    for rule in rules:
        many = quantities.get(rule.sku, 0)
        text = _wrong(rule, many, quantities, names) if many else ""
        if text:
            found.append(Breach(rule.sku, text, rule))
    return tuple(found)


def _wrong(
    rule: Options, many: int, quantities: Mapping[str, int], names: Mapping[str, str]
) -> str:
    match rule.kind:
        case OptionKind.ALL_OF:
            return _lacking(rule, many, quantities, names)
        case OptionKind.ONE_OF:
            return _unchosen(rule, many, quantities, names)
        case OptionKind.AT_MOST:
            return _too_many(rule, many, quantities, names)
        case OptionKind.EXCLUDED:
            return _together(rule, quantities, names)


def _lacking(
    rule: Options, many: int, quantities: Mapping[str, int], names: Mapping[str, str]
) -> str:
    lacking = [
        f"{many * rule.pieces - quantities.get(sku, 0)} × {_name(sku, names)}"
        for sku in rule.targets
        if quantities.get(sku, 0) < many * rule.pieces
    ]
    if not lacking:
        return ""
    return f"Dazu muss bestellt werden: {', '.join(lacking)}. Bitte ergänzen Sie das."


def _unchosen(
    rule: Options, many: int, quantities: Mapping[str, int], names: Mapping[str, str]
) -> str:
    wanted = many * rule.pieces
    chosen = sum(quantities.get(sku, 0) for sku in rule.targets)
    if chosen >= wanted:
        return ""
    what = f" ({rule.title})" if rule.title else ""
    return (
        f"Es fehlt eine Auswahl{what}: {wanted - chosen} Stück aus {_names(rule.targets, names)}. "
        "Bitte ergänzen Sie sie."
    )


def _too_many(
    rule: Options, many: int, quantities: Mapping[str, int], names: Mapping[str, str]
) -> str:
    most = many * rule.pieces
    chosen = sum(quantities.get(sku, 0) for sku in rule.targets)
    if chosen <= most:
        return ""
    return (
        f"Höchstens {most} Stück aus {_names(rule.targets, names)} "
        f"({rule.pieces} je Stück), im Abruf sind {chosen}. Bitte verringern Sie die Menge."
    )


def _together(rule: Options, quantities: Mapping[str, int], names: Mapping[str, str]) -> str:
    present = tuple(sku for sku in rule.targets if quantities.get(sku, 0))
    if not present:
        return ""
    return (
        f"Nicht zusammen bestellbar mit {_names(present, names)}. "
        "Bitte nehmen Sie eines von beiden heraus."
    )


def _names(skus: Iterable[str], names: Mapping[str, str]) -> str:
    return ", ".join(_name(sku, names) for sku in skus)


def _name(sku: str, names: Mapping[str, str]) -> str:
    return f"„{names.get(sku, sku)}“"
