"""Reading with nothing but the driver: for a process beside, which loads little (ADR 37)."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import Any

Asking = Callable[[Mapping[str, Any]], list[Any]]


@dataclass(frozen=True, slots=True)
class PlainReading:
    """A statement in the driver's words, and how the driver opens the database (`read_beside`).

    `order` lists the names of its values; `constants` are those that nobody gives.
    """

    driver: str
    place: tuple[Any, ...]
    options: dict[str, Any]
    text: str
    order: tuple[str, ...]
    constants: dict[str, Any]

    @contextmanager
    def opened(self) -> Iterator[Asking]:
        """Each asking sees what is committed by then, and keeps nobody from writing."""
        driver = import_module(self.driver)
        with closing(driver.connect(*self.place, **self.options)) as connection:

            def ask(values: Mapping[str, Any]) -> list[Any]:
                whole = self.constants | dict(values)
                asked = connection.execute(self.text, [whole[name] for name in self.order])
                found: list[Any] = asked.fetchall()
                return found

            yield ask
