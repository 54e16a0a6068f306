"""Writes requirements-rules.lock: one package with its hashes, without its dependencies."""

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
WISHES = str(ROOT / "requirements-rules.in")
PIP = (sys.executable, "-m", "pip")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(  # noqa: S603 - our own interpreter, fixed arguments
            (*PIP, "download", "--quiet", "--no-deps", "--dest", folder, "--requirement", WISHES),
            check=True,
        )
        lines = [_pinned(file) for file in sorted(Path(folder).iterdir())]
    (ROOT / "requirements-rules.lock").write_text("".join(lines), encoding="utf-8")


def _pinned(file: Path) -> str:
    name, version = file.name.split("-")[:2]
    answer = subprocess.run(  # noqa: S603 - our own interpreter, fixed arguments
        (*PIP, "hash", str(file)), check=True, capture_output=True, text=True
    )
    digest = answer.stdout.split("--hash=")[1].strip()
    return f"{name.replace('_', '-')}=={version} \\\n    --hash={digest}\n"


if __name__ == "__main__":
    main()
