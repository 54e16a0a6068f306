"""How much memory the import of a very large file takes."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

from sqlalchemy.orm import Session

from app.database.engine import open_engine
from app.operations.migrate import upgrade_database
from tests.support.world import workplace_hardware

ROOT: Final = Path(__file__).parents[2]
MAKER: Final = ROOT.parent / "shared" / "tools" / "make_big_bmecat.py"


def import_peak(articles: int, folder: Path) -> float | None:
    """MiB at the peak of `kitu catalog import`; None where the file's maker is missing."""
    if not MAKER.exists():
        return None
    big, database = folder / "big.xml", folder / "import.db"
    make = [sys.executable, str(MAKER), "-n", str(articles), "-o", str(big)]
    subprocess.run(make, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - a given tool
    engine = open_engine(f"sqlite:///{database}")
    upgrade_database(engine)
    with Session(engine) as session:
        workplace_hardware(session)
        session.commit()
    engine.dispose()
    environment = {**os.environ, "KITU_DATABASE_URL": f"sqlite:///{database}"}
    command = [sys.executable, "-m", "app", "catalog", "import", str(big)]
    wanted = [*command, "--framework", "RV-2026-01", "--lot", "1", "--publish", "--json"]
    with (folder / "import.log").open("wb") as log:
        process = subprocess.Popen(wanted, cwd=ROOT, env=environment, stdout=log, stderr=log)  # noqa: S603 - our own program
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError((folder / "import.log").read_text(encoding="utf-8")[-2000:])
    return usage.ru_maxrss / 1024
