"""AGS, ARS and Leitweg-ID, against published identifiers."""

import csv
from pathlib import Path

import pytest

from app.members.body_keys import (
    leitweg_id,
    valid_ags,
    valid_ars,
    valid_leitweg_id,
)

DOMAIN = Path(__file__).parents[3] / "shared" / "domain"
VECTORS = DOMAIN / "leitweg_id_test_vectors.csv"
BODIES = Path(__file__).parents[2] / "catalog" / "members" / "st_municipal_bodies_2023-11-30.csv"


def rows(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize("vector", rows(VECTORS), ids=lambda row: row["leitweg_id"])
def test_published_leitweg_ids_are_judged_as_their_source_says(vector: dict[str, str]) -> None:
    assert valid_leitweg_id(vector["leitweg_id"]) is (vector["valid"] == "1")


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("15001000-TEST01-90", True),
        ("15001000-test01-90", True),
        ("15001000-TEST01-91", False),
        ("1500100-TEST01-90", False),
        ("17000000-A-00", False),
        ("15001000--90", False),
        ("", False),
        ("15001000-TEST01-90 ", False),
        ("١٥٠٠١٠٠٠-TEST01-90", False),
    ],
)
def test_leitweg_ids_need_shape_state_and_check_digits(text: str, valid: bool) -> None:
    assert valid_leitweg_id(text) is valid


def test_check_digits_are_computed_as_published() -> None:
    assert leitweg_id("15003000", "test01") == "15003000-TEST01-97"


def test_every_row_of_the_official_register_has_valid_keys() -> None:
    bodies = rows(BODIES)

    wrong = [
        row["name"]
        for row in bodies
        if not valid_ars(row["ars"], row["ags"]) or (row["ags"] and not valid_ags(row["ags"]))
    ]

    assert (len(bodies), wrong) == (247, [])


@pytest.mark.parametrize("ags", ["1500100", "00001000", "17001000", "15001OOO", "150010000"])
def test_wrong_municipality_keys_are_refused(ags: str) -> None:
    assert not valid_ags(ags)


def test_the_two_keys_must_name_the_same_place() -> None:
    assert valid_ars("150830040040", "15083040")
    assert not valid_ars("150830040041", "15083040")
    assert not valid_ars("15083004004", "15083040")
