"""Files of others are the ones that were chosen, byte for byte."""

import tomllib
from hashlib import sha256
from pathlib import Path

import pytest

import app.web

STATIC = Path(app.web.__file__).parent / "static"
PACKAGES = tomllib.loads((STATIC / "vendor/VENDOR.toml").read_text(encoding="utf-8"))["package"]
FILES = {name: digest for package in PACKAGES for name, digest in package["files"].items()}
OURS = {"fonts/fira.css", "vendor/VENDOR.toml"}


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_vendored_file_is_unchanged(name: str) -> None:
    assert sha256((STATIC / name).read_bytes()).hexdigest() == FILES[name]


def test_every_file_of_others_is_named_with_its_licence() -> None:
    folders = (STATIC / "vendor", STATIC / "fonts")
    present = {str(p.relative_to(STATIC)) for folder in folders for p in folder.iterdir()}

    assert present - OURS <= set(FILES)
    assert all(package["licence"] and package["version"] for package in PACKAGES)


def test_our_script_stays_small() -> None:
    assert (STATIC / "app.js").stat().st_size < 3_072
