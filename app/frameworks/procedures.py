"""Which procedure would have applied without the framework: information, never a duty.

Thresholds are data by date (AwVO LSA, § 106 GWB): a later change is a new row.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from app.frameworks.thresholds import eu_threshold
from app.kernel.money import Money


@dataclass(frozen=True, slots=True)
class LandThresholds:
    """Net values of a Land's ordinance below the EU threshold, in force from a day on."""

    valid_from: date
    ordinance: str
    direct_order: Money
    negotiated: Money


LAND_THRESHOLDS: Final = (
    LandThresholds(date(2021, 1, 1), "AwVO LSA", Money.euros(5_000), Money.euros(221_000)),
    LandThresholds(
        date(2024, 1, 1), "AwVO LSA vom 14.12.2023", Money.euros(10_000), Money.euros(221_000)
    ),
    LandThresholds(
        date(2025, 1, 1), "AwVO LSA vom 06.12.2024", Money.euros(15_000), Money.euros(100_000)
    ),
)


def land_thresholds(day: date) -> LandThresholds:
    """The row in force on `day`; the first for earlier days."""
    known = [row for row in LAND_THRESHOLDS if row.valid_from <= day] or [LAND_THRESHOLDS[0]]
    return known[-1]


def counterfactual(net: Money, day: date, *, utility: bool = False) -> str:
    """One German sentence about an order of this net value on this day."""
    european, _table = eu_threshold(day, utility=utility)
    return without_framework(net, land_thresholds(day), european)


def without_framework(net: Money, row: LandThresholds, european: Money) -> str:
    """The same by thresholds that are at hand."""
    if net >= european:
        procedure = "ein EU-weites Vergabeverfahren (§ 106 GWB)"
    elif net <= row.direct_order:
        procedure = f"ein Direktauftrag möglich ({row.ordinance})"
    elif net <= row.negotiated:
        procedure = (
            "eine Verhandlungsvergabe oder beschränkte Ausschreibung ohne Teilnahmewettbewerb "
            f"möglich ({row.ordinance})"
        )
    else:
        procedure = f"eine öffentliche Ausschreibung ({row.ordinance})"
    return f"Ohne Rahmenvertrag wäre bei diesem Nettowert {procedure} gewesen."
