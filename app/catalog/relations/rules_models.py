"""Which device models a consumable fits, out of the words that suppliers use for it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from app.kernel.german import fold

SAYING: Final = ("passend für", "geeignet für", "kompatibel mit", "passend zu", "geräte")
NO_MODEL: Final = frozenset({"herstellerneutral", "universal", "alle"})
MOST_MODELS: Final = 200
LONGEST_MODEL: Final = 120
SHORTEST: Final = 2
# Printers and copiers: what the finder knows as devices. Toner, ink, drums: what it offers.
DEVICE_CPV: Final = ("30232", "30121", "30122", "30123")
SUPPLY_CPV: Final = ("30125", "301921", "30192320", "30124")
_GROUPS: Final = re.compile(r"[,;|\n]")
_NO_SIGN: Final = re.compile(r"[^a-z0-9]+")
_LETTERS: Final = re.compile(r"^[A-Za-z]+-?[A-Za-z]*(?=\d)")
_ENDING: Final = re.compile(r"(?<=\d)[a-z]+$")
_WORDS_FIRST: Final = re.compile(r"^[A-Z][A-Za-z]+ ")


ModelRow = tuple[str, str, bool]  # as written, folded, whether it is the article itself


def fitting(features: Iterable[Sequence[str]]) -> tuple[ModelRow, ...]:
    """The devices that features (name, value, unit) name as those that an article fits."""
    return _rows(models_of(features), own=False)


def models_of_article(name: str, cpv: str, fits: tuple[ModelRow, ...]) -> tuple[ModelRow, ...]:
    """The device that an article is, or those that it `fits`."""
    return _rows((name[:LONGEST_MODEL],), own=True) if cpv.startswith(DEVICE_CPV) else fits


def _rows(models: Iterable[str], *, own: bool) -> tuple[ModelRow, ...]:
    by_folded = {folded: model for model in models if (folded := folded_model(model))}
    return tuple((model, folded, own) for folded, model in by_folded.items())


def models_of(features: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """`Xerox VersaLink C400N/DN/VersaLink C405` → three models, each with its maker's words.

    Several models behind one series name share it: `Phaser 3140/3155` → `Phaser 3140`,
    `Phaser 3155`. What is no device model (`herstellerneutral`) is left out.
    """
    found: dict[str, None] = {}
    for name, value, *_ in features:
        if name.casefold() in SAYING:
            for group in _GROUPS.split(value):
                found |= dict.fromkeys(_spread(group))
    return tuple(found)[:MOST_MODELS]


def folded_model(model: str) -> str:
    """The form in which models are compared: `HL-L2350DW`, `hl l2350dw` are one."""
    return _NO_SIGN.sub("", fold(model))[:LONGEST_MODEL]


@dataclass(frozen=True, slots=True)
class TypedModel:
    """What somebody looks for: every key must occur, further words only rank the hits."""

    keys: tuple[str, ...]
    further: tuple[str, ...]

    @property
    def stems(self) -> tuple[str, ...]:
        """The keys without the ending of an equipment: `m428fdw` → `m428`."""
        return tuple(_ENDING.sub("", key) or key for key in self.keys)


def typed_model(typed: str) -> TypedModel:
    """Words with figures name a model; where there are none, every word counts."""
    words = tuple(dict.fromkeys(_NO_SIGN.sub(" ", fold(typed)[:LONGEST_MODEL]).split()))
    keys = tuple(word for word in words if any(sign.isdigit() for sign in word))
    if not keys:
        return TypedModel(words if len("".join(words)) >= SHORTEST else (), ())
    return TypedModel(keys, tuple(word for word in words if word not in keys))


def _spread(group: str) -> list[str]:
    """The models of one group, parted by slashes."""
    series, letters = "", ""
    models: list[str] = []
    for part in (piece.strip() for piece in group.split("/")):
        if not part or part.casefold() in NO_MODEL:
            continue
        if _WORDS_FIRST.match(part) or not models:
            head, _, last = part.rpartition(" ")
            series = f"{head} " if head else ""
            letters = match[0] if (match := _LETTERS.match(last)) else ""
            models.append(part)
        elif any(sign.isdigit() for sign in part) or _is_name(part):
            models.append(f"{series}{'' if part[0].isalpha() else letters}{part}")
        else:
            # `C400N/DN`: another ending of the model before, not another model.
            models.append(f"{models[-1]}{part}" if models[-1][-1].isdigit() else models[-1])
    return [model[:LONGEST_MODEL] for model in models]


def _is_name(part: str) -> bool:
    """`Precision` names a series; `dn` is an ending."""
    return part[:1].isupper() and part[1:2].islower()
