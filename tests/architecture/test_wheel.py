"""An installed wheel brings everything that it needs, far from the checkout."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = """
import sys
import app
from starlette.testclient import TestClient
from app.database.engine import open_engine, sessions
from app.main import create_app
from app.operations.migrate import check_database, upgrade_database
from app.settings import Settings
from app.shipped import shipped

assert app.__file__.startswith(sys.argv[2]), app.__file__
engine = open_engine(f"sqlite:///{sys.argv[1]}")
upgrade_database(engine)
assert check_database(engine).faults == ()
assert list(shipped("catalog").rglob("*.toml"))
portal = create_app(Settings(database_url=str(engine.url), secret_key="x" * 40), sessions(engine))
with TestClient(portal) as browser:
    print(browser.get("/hilfe").status_code, browser.get("/healthz").status_code)
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Unpacked as pip would, without a look at the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*pip, "--wheel-dir", str(folder), str(ROOT)], check=True)  # noqa: S603 - our own interpreter
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_an_installed_wheel_migrates_and_renders_a_page(installed: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(installed), "PYTHONSAFEPATH": "1"}

    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-W", "ignore", "-c", PAGE, str(tmp_path / "kitu.db"), str(installed)],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.stdout.splitlines()[-1:], done.stderr) == (["200 200"], "")


def test_the_wheel_names_the_program_and_its_licence(installed: Path) -> None:
    (metadata,) = installed.glob("*.dist-info")

    assert "kitu = app.cli:main" in (metadata / "entry_points.txt").read_text(encoding="utf-8")
    assert "EUPL-1.2" in (metadata / "METADATA").read_text(encoding="utf-8")
    assert (metadata / "licenses" / "LICENSE").exists()
