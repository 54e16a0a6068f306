"""Writes tests/architecture/routes.txt: run it when a route was decided, then read the diff."""

from pathlib import Path

from app.database.engine import open_engine, sessions
from app.main import create_app
from app.settings import Settings
from tests.support.routes import routes

LIST = Path(__file__).parents[1] / "architecture" / "routes.txt"


def main() -> None:
    app = create_app(Settings(), sessions(open_engine("sqlite:///nowhere.db")))
    lines = sorted(f"{route.method} {route.path}\n" for route in routes(app))
    LIST.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
