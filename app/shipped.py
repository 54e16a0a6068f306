"""Where templates, catalog data and migrations lie: beside the package, or inside it in a wheel."""

from pathlib import Path

PACKAGE = Path(__file__).parent
INSTALLED = PACKAGE / "shipped_files"


def shipped(folder: str) -> Path:
    """The folder `templates`, `catalog` or `migrations` of this installation."""
    inside = INSTALLED / folder
    return inside if inside.is_dir() else PACKAGE.parent / folder
