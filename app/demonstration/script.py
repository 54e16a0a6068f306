"""The words and names of the demonstration, read from its data file."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from app.demonstration.plan import Buyer, Need
from app.eligibility.evidence.standard_facts import Names

FILE: Final = "demonstration.toml"


@dataclass(frozen=True, slots=True)
class BuyerSaid:
    mail: str
    address: str
    account: str
    unit: str | None


@dataclass(frozen=True, slots=True)
class CitySaid:
    member: str
    approver: str
    desk: str
    hourly_rate: str
    hourly_rate_source: str
    overhead_minutes: int
    overhead_note: str


@dataclass(frozen=True, slots=True)
class NeighbourSaid:
    member: str
    mail: str
    account: str


@dataclass(frozen=True, slots=True)
class EvidenceSaid:
    """Who entered the evidence, and the second person that approved it."""

    entered_by: str
    approved_by: str


@dataclass(frozen=True, slots=True)
class BlockedSaid:
    member: str
    mail: str
    label: str


@dataclass(frozen=True, slots=True)
class Script:
    names: Names
    contracts: str
    publisher: str
    frameworks: dict[Need, str]
    networks: dict[str, str]
    city: CitySaid
    buyers: dict[Buyer, BuyerSaid]
    neighbour: NeighbourSaid
    blocked: BlockedSaid
    evidence: EvidenceSaid
    purposes: dict[str, tuple[str, ...]]


def read_script(folder: Path) -> Script:
    """`folder` is the catalog's data folder; a missing word is a KeyError at the first start."""
    said: dict[str, Any] = tomllib.loads((folder / FILE).read_text(encoding="utf-8"))
    return Script(
        names=Names(**said["names"]),
        contracts=said["contracts"]["mail"],
        publisher=said["contracts"]["publisher"],
        frameworks={need: said["frameworks"][need] for need in Need},
        networks=dict(said["networks"]),
        city=CitySaid(**said["city"]),
        buyers={buyer: BuyerSaid(**{"unit": None} | said["buyer"][buyer]) for buyer in Buyer},
        neighbour=NeighbourSaid(**said["neighbour"]),
        blocked=BlockedSaid(**said["blocked"]),
        evidence=EvidenceSaid(**said["evidence"]),
        purposes={category: tuple(words) for category, words in said["purposes"].items()},
    )
