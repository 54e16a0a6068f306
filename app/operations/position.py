"""How far the migrations of a database are, read without the library that runs them."""

from dataclasses import dataclass

from sqlalchemy import Engine, inspect, text

from app.shipped import shipped

VERSIONS = "alembic_version"


@dataclass(frozen=True, slots=True)
class Position:
    """Where the database stands and where the program wants it."""

    present: str | None
    wanted: str

    @property
    def current(self) -> bool:
        return self.present == self.wanted


def position(engine: Engine) -> Position:
    with engine.connect() as connection:
        present: str | None = None
        if inspect(connection).has_table(VERSIONS):
            present = connection.scalar(text(f"SELECT version_num FROM {VERSIONS}"))  # noqa: S608 - ours
    return Position(present, max(known_revisions()))


def known_revisions() -> frozenset[str]:
    """Every migration that this program knows: its file begins with its number."""
    files = (shipped("migrations") / "versions").glob("[0-9]*.py")
    return frozenset(file.stem.partition("_")[0] for file in files)
