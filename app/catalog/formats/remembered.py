"""Answers about short texts that a file repeats a thousandfold, kept in bounded memory."""

from collections.abc import Callable
from typing import Final, Generic, TypeVar

KEPT: Final = 4096
SHORT: Final = 60  # signs; a hostile file must not fill the memory with long ones

Answer = TypeVar("Answer")


class Remembered(dict[str, Answer], Generic[Answer]):
    """`Remembered(function)[text]` is `function(text)`; a known text costs no call at all."""

    def __init__(self, function: Callable[[str], Answer]) -> None:
        super().__init__()
        self._function = function

    def __missing__(self, text: str) -> Answer:
        answer = self._function(text)
        if len(text) <= SHORT:
            if len(self) >= KEPT:
                self.clear()
            self[text] = answer
        return answer
