"""Labels and footprints as catalogs write them."""

from datetime import date

import pytest

from app.catalog.rules_charge import Charge
from app.catalog.rules_derived import derived, said
from app.catalog.rules_footprint import footprint_of, footprint_text
from app.catalog.rules_labels import Claim, Label, Standing, claims_in, standing, web_address

MAY = date(2026, 5, 1)
JUNE = date(2026, 6, 1)
JULY = date(2026, 7, 1)


@pytest.mark.parametrize(
    ("features", "expected"),
    [
        pytest.param(
            [("Blauer Engel", "ja", "")], (Claim(Label.BLUE_ANGEL, claimed=True),), id="yes"
        ),
        pytest.param([("Energy Star", "nein", "")], (), id="no"),
        pytest.param(
            [("EPEAT", "Gold", "")], (Claim(Label.EPEAT, "Gold", claimed=True),), id="a grade"
        ),
        pytest.param(
            [("Umweltzeichen", "TCO Certified 9.0; EPEAT Silver", "")],
            (
                Claim(Label.TCO_CERTIFIED, "9.0", claimed=True),
                Claim(Label.EPEAT, "Silver", claimed=True),
            ),
            id="several in one feature",
        ),
        pytest.param(
            [
                ("Energy Star gültig bis", "31.12.2026", ""),
                ("Energy Star", "8.0", ""),
                ("Energy Star gültig ab", "2024-01-01", ""),
                ("Energy Star Nachweis", "https://www.energystar.gov/p/1", ""),
            ],
            (
                Claim(
                    Label.ENERGY_STAR,
                    "8.0",
                    date(2024, 1, 1),
                    date(2026, 12, 31),
                    "https://www.energystar.gov/p/1",
                    claimed=True,
                ),
            ),
            id="with validity and proof in any order",
        ),
        pytest.param([("EPEAT gültig bis", "2027-01-01", "")], (), id="a day alone claims nothing"),
        pytest.param([("Anschluss", "Netcomm tcoax", "")], (), id="part of another word"),
        pytest.param(
            [("Energy Star", "ja", ""), ("Energy Star gültig bis", "bald", "")],
            (Claim(Label.ENERGY_STAR, claimed=True),),
            id="a day nobody can read",
        ),
    ],
)
def test_features_claim_labels(
    features: list[tuple[str, str, str]], expected: tuple[Claim, ...]
) -> None:
    assert claims_in(features) == expected


def test_a_supplier_may_say_the_same_in_extensions_of_his_own() -> None:
    content = {
        "features": [["Farbe", "schwarz", ""]],
        "extensions": [["PREISART", "Miete je Monat"], ["BLAUER_ENGEL", "ja"]],
    }

    assert claims_in(said(content)) == (Claim(Label.BLUE_ANGEL, claimed=True),)
    assert derived(said(content), "C62")["charge"] == Charge.MONTHLY


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param(date(2026, 5, 31), Standing.FUTURE, id="the day before"),
        pytest.param(JUNE, Standing.VALID, id="the first day"),
        pytest.param(date(2026, 6, 30), Standing.VALID, id="the last day"),
        pytest.param(JULY, Standing.EXPIRED, id="the day after"),
    ],
)
def test_a_label_counts_from_its_first_to_its_last_day(day: date, expected: Standing) -> None:
    assert standing(JUNE, JULY, day, withdrawn=False) is expected


def test_a_label_taken_back_never_counts() -> None:
    assert standing(MAY, None, JUNE, withdrawn=True) is Standing.WITHDRAWN


@pytest.mark.parametrize(
    "text",
    ["javascript:alert(1)", "http://example.org", "https://a b", "https://" + "x" * 300, ""],
    ids=["script", "without encryption", "with a blank", "too long", "empty"],
)
def test_only_whole_encrypted_addresses_become_links(text: str) -> None:
    assert web_address(text) == ""


@pytest.mark.parametrize(
    ("feature", "grams"),
    [
        pytest.param(("CO₂-Fußabdruck laut Hersteller", "249", "kg CO₂e"), 249_000, id="kilograms"),
        pytest.param(("PCF", "1.250,5", ""), 1_250_500, id="German number without unit"),
        pytest.param(("Product Carbon Footprint", "0.35", "t"), 350_000, id="tonnes"),
        pytest.param(("CO2-Fußabdruck", "900 g", ""), 900, id="unit in the value"),
        pytest.param(("CO2-Fußabdruck davon Herstellung (Anteil)", "0,7", ""), None, id="a share"),
        pytest.param(("CO2-Fußabdruck", "gering", ""), None, id="a word"),
        pytest.param(("CO2-Fußabdruck", "NaN", "kg"), None, id="no number"),
        pytest.param(("CO2-Fußabdruck", "-4", "kg"), None, id="negative"),
        pytest.param(("Gewicht", "12", "kg"), None, id="another feature"),
    ],
)
def test_the_footprint_is_read_in_grams(feature: tuple[str, str, str], grams: int | None) -> None:
    assert footprint_of([feature]) == grams


def test_the_footprint_is_said_in_kilograms() -> None:
    assert footprint_text(249_000) == "249 kg CO₂e"
    assert footprint_text(1_250_500) == "1.250 kg CO₂e"
    assert footprint_text(900) == "0,9 kg CO₂e"


def test_a_label_until_the_last_of_all_days_has_no_end() -> None:
    assert Claim(Label.TCO_CERTIFIED, valid_until=date(9999, 12, 31)).valid_to is None
    assert Claim(Label.TCO_CERTIFIED, valid_until=date(2026, 12, 31)).valid_to == date(2027, 1, 1)
