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

    @property
    def newer(self) -> bool:
        """A later program migrated it; what runs already goes on, for migrations add first."""
        return self.present is not None and self.present > self.wanted

    @property
    def state(self) -> str:
        """`ok`, `newer` or `behind`, as `/readyz` says it."""
        return "ok" if self.current else "newer" if self.newer else "behind"

    @property
    def fault(self) -> str:
        """What is to be done before a program starts on it; "" where nothing is."""
        if self.current:
            return ""
        if self.newer:
            return (
                f"Die Datenbank stammt von einer neueren Fassung (Migration {self.present}). "
                "Starten Sie jene Fassung oder spielen Sie eine ältere Sicherung zurück."
            )
        stands = f"auf Migration {self.present}" if self.present else "auf keiner Migration"
        return f"Die Datenbank steht {stands}, das Programm braucht {self.wanted}: kitu db upgrade"


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
