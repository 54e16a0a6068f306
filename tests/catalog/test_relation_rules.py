"""Pure rules of how articles belong together, from options to successors."""

import pytest

from app.catalog.relations.rules_kits import KitContent, kit_groups, placed
from app.catalog.relations.rules_models import folded_model, models_of, typed_model
from app.catalog.relations.rules_options import OptionKind, Options, breaches
from app.catalog.relations.rules_successor import (
    Candidate,
    Verdict,
    compared,
    feature_lines,
)
from app.catalog.relations.rules_variants import Variant, axes, family_of
from app.kernel.unit_price import UnitPrice

NAMES = {"PC": "Desktop", "DE": "Kabel DE", "UK": "Kabel UK", "RAM": "Speicher 8 GB"}
CABLE = Options("PC", OptionKind.ONE_OF, ("DE", "UK"), title="Netzkabel")
MEMORY = Options("PC", OptionKind.AT_MOST, ("RAM",), 2)
NEVER = Options("PC", OptionKind.EXCLUDED, ("DOCK",))
ALWAYS = Options("PC", OptionKind.ALL_OF, ("DE",), 2)


@pytest.mark.parametrize(
    ("rule", "quantities", "said"),
    [
        (
            CABLE,
            {"PC": 3, "DE": 1},
            (
                "Es fehlt eine Auswahl (Netzkabel): 2 Stück aus „Kabel DE“, „Kabel UK“. "
                "Bitte ergänzen Sie sie."
            ),
        ),
        (
            MEMORY,
            {"PC": 1, "RAM": 3},
            (
                "Höchstens 2 Stück aus „Speicher 8 GB“ (2 je Stück), im Abruf sind 3. "
                "Bitte verringern Sie die Menge."
            ),
        ),
        (
            NEVER,
            {"PC": 1, "DOCK": 1},
            "Nicht zusammen bestellbar mit „DOCK“. Bitte nehmen Sie eines von beiden heraus.",
        ),
        (
            ALWAYS,
            {"PC": 2, "DE": 1},
            "Dazu muss bestellt werden: 3 × „Kabel DE“. Bitte ergänzen Sie das.",
        ),
    ],
    ids=["one of", "at most", "excluded", "all of"],
)
def test_a_broken_option_rule_says_what_to_do(
    rule: Options, quantities: dict[str, int], said: str
) -> None:
    assert [one.text for one in breaches([rule], quantities, NAMES)] == [said]


@pytest.mark.parametrize(
    ("rule", "quantities"),
    [
        (CABLE, {"PC": 3, "DE": 1, "UK": 2}),
        (CABLE, {"DE": 1}),
        (CABLE, {"PC": 0}),
        (MEMORY, {"PC": 1, "RAM": 2}),
        (MEMORY, {"PC": 2, "RAM": 4}),
        (MEMORY, {"RAM": 9}),
        (NEVER, {"PC": 1, "DOCK": 0}),
        (NEVER, {"DOCK": 1}),
        (ALWAYS, {"PC": 2, "DE": 4}),
    ],
    ids=str,
)
def test_a_kept_option_rule_says_nothing(rule: Options, quantities: dict[str, int]) -> None:
    assert breaches([rule], quantities, NAMES) == ()


def test_a_kit_is_what_the_quantities_still_hold() -> None:
    desk = KitContent("P1", "Arbeitsplatz", {"NB": 1, "MON": 2}, {"MON": "Monitor"})
    call = KitContent("P2", "Telefonie", {"HS": 1}, {})

    whole, other = kit_groups({"NB": 3, "MON": 4, "HS": 1}, [(desk, 2), (call, 1)])
    (short,) = kit_groups({"NB": 2, "MON": 3}, [(desk, 2), (call, 1)])

    assert (whole.pieces, whole.missing_text) == ({"NB": 2, "MON": 4}, "")
    assert other.pieces == {"HS": 1}
    assert (short.pieces, short.missing_text) == ({"NB": 2, "MON": 3}, "1 × Monitor")


def test_two_kits_do_not_count_the_same_piece() -> None:
    one = KitContent("P1", "Eins", {"MON": 2}, {})
    two = KitContent("P2", "Zwei", {"MON": 1, "NB": 1}, {})

    first, second = kit_groups({"MON": 2, "NB": 1}, [(one, 1), (two, 1)])

    assert (first.pieces, second.pieces, dict(second.missing)) == (
        {"MON": 2},
        {"NB": 1},
        {"MON": 1},
    )


def test_single_articles_stand_below_the_kits() -> None:
    kit = KitContent("P1", "Eins", {"NB": 1, "MON": 2}, {})
    groups = kit_groups({"X": 1, "MON": 2, "NB": 1}, [(kit, 1)])

    assert [skus for _, skus in placed(("X", "MON", "NB"), groups)] == [("MON", "NB"), ("X",)]


FAMILY = (
    Variant("A", {"Arbeitsspeicher": "8 GB", "SSD-Speicher": "512 GB", "Farbe": "grau"}),
    Variant("B", {"Arbeitsspeicher": "16 GB", "SSD-Speicher": "512 GB", "Farbe": "grau"}),
    Variant("C", {"Arbeitsspeicher": "16 GB", "SSD-Speicher": "1 TB", "Farbe": "grau"}),
)


def test_a_chooser_offers_what_differs_and_keeps_the_rest() -> None:
    memory, disk = axes(FAMILY[0], FAMILY)

    assert [(one.value, one.sku, one.current, one.exact) for one in memory.choices] == [
        ("8 GB", "A", True, True),
        ("16 GB", "B", False, True),
    ]
    assert [(one.value, one.sku, one.current, one.exact) for one in disk.choices] == [
        ("512 GB", "A", True, True),
        ("1 TB", "C", False, False),
    ]


def test_a_family_without_differences_offers_nothing() -> None:
    assert axes(FAMILY[0], FAMILY[:1]) == ()


def test_the_file_names_the_family() -> None:
    features = [["Farbe", "grau", ""], ["Artikelfamilie", "ThinkPad L14 Gen 4", ""]]

    assert (family_of(features), family_of(features[:1])) == ("ThinkPad L14 Gen 4", "")


@pytest.mark.parametrize(
    ("said", "models"),
    [
        (
            "Xerox VersaLink C7020/7025/7030",
            ("Xerox VersaLink C7020", "Xerox VersaLink C7025", "Xerox VersaLink C7030"),
        ),
        (
            "Xerox VersaLink C400N/DN/VersaLink C405",
            ("Xerox VersaLink C400N", "VersaLink C405"),
        ),
        ("LaserJet Pro M404/MFP M428", ("LaserJet Pro M404", "MFP M428")),
        ("ECOSYS P5026cdw/M5526cdw", ("ECOSYS P5026cdw", "ECOSYS M5526cdw")),
        ("DCP 550/560, WC 7965/7975", ("DCP 550", "DCP 560", "WC 7965", "WC 7975")),
        ("Dell Latitude/Precision", ("Dell Latitude", "Dell Precision")),
        ("herstellerneutral", ()),
        ("//", ()),
    ],
)
def test_models_are_read_out_of_a_suppliers_words(said: str, models: tuple[str, ...]) -> None:
    assert models_of([["Passend für", said, ""], ["Farbe", "HP 12", ""]]) == models


def test_a_typed_model_is_compared_without_blanks_and_endings() -> None:
    typed = typed_model("HP LaserJet Pro MFP M428fdw")

    assert (typed.keys, typed.stems) == (("m428fdw",), ("m428",))
    assert typed.further == ("hp", "laserjet", "pro", "mfp")
    assert folded_model("HL-L2350DW") == "hll2350dw"
    assert typed_model("%'").keys == ()


OLD = Candidate(
    "A", "Alt", 1, active=False, features=(("RAM", "8 GB"),), prices={1: UnitPrice.euros("500")}
)


def forbidden(before: UnitPrice, after: UnitPrice) -> str | None:
    return "Der Preis ist fest." if after > before else None


def candidate(**changes: object) -> Candidate:
    facts: dict[str, object] = {
        "sku": "B",
        "name": "Neu",
        "lot_id": 1,
        "active": True,
        "features": (("RAM", "16 GB"),),
        "prices": {1: UnitPrice.euros("499")},
    }
    return Candidate(**(facts | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"lot_id": 2}, "Der Nachfolger gehört zu einem anderen Los."),
        ({"active": False}, "Der Nachfolger ist nicht mehr im Katalog."),
        ({"prices": {}}, "Für den Nachfolger gilt kein Preis."),
        ({"features": (("RAM", "4 GB"),)}, "RAM: 4 GB ist weniger als 8 GB."),
        (
            {"prices": {1: UnitPrice.euros("500.01")}},
            "Ab 1 Stück kostet er 500,01\xa0€ statt 500,00\xa0€. Der Preis ist fest.",
        ),
        ({"sku": "A"}, "Ein Artikel kann nicht sein eigener Nachfolger sein."),
    ],
    ids=["another lot", "gone", "no price", "weaker", "dearer", "itself"],
)
def test_a_successor_is_refused_with_the_reason(changes: dict[str, object], refusal: str) -> None:
    assert compared(OLD, candidate(**changes), forbidden).refusals == (refusal,)


def test_equal_or_better_and_not_dearer_is_a_successor() -> None:
    comparison = compared(OLD, candidate(), forbidden)

    assert (comparison.refusals, comparison.arguable) == ((), ())


def test_a_dearer_scale_price_is_found_at_its_quantity() -> None:
    new = candidate(prices={1: UnitPrice.euros("450"), 10: UnitPrice.euros("449")})
    old = Candidate(
        "A", "Alt", 1, active=True, features=(), prices={1: UnitPrice(4_500_000), 10: UnitPrice(1)}
    )

    (refusal,) = compared(old, new, forbidden).refusals

    assert refusal.startswith("Ab 10 Stück kostet er 449,00\xa0€")


@pytest.mark.parametrize(
    ("name", "old", "new", "verdict"),
    [
        ("SSD", "512 GB", "1 TB", Verdict.BETTER),
        ("SSD", "1 TB", "1024 GB", Verdict.EQUAL),
        ("Gewicht", "1,2 kg", "1400 g", Verdict.WORSE),
        ("Gewicht", "1,4 kg", "1200 g", Verdict.BETTER),
        ("Duplexdruck", "ja", "nein", Verdict.WORSE),
        ("Duplexdruck", "nein", "ja", Verdict.BETTER),
        ("Prozessor", "Core i5-1235U", "Core i5-1335U", Verdict.DIFFERS),
        ("Anschluss", "USB-C", None, Verdict.MISSING),
        ("Diagonale", "14 Zoll", "14 Zoll", Verdict.EQUAL),
    ],
)
def test_features_are_weighed_by_number_where_they_have_one(
    name: str, old: str, new: str | None, verdict: Verdict
) -> None:
    (line,) = feature_lines([(name, old)], [] if new is None else [(name, new)])

    assert line.verdict is verdict
