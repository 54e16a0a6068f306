"""Answers about short texts that a file repeats a thousandfold, kept in bounded memory."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Concatenate, Final, ParamSpec, TypeVar

KEPT: Final = 2048
SHORT: Final = 60  # signs; a hostile file must not fill the memory with long ones

Rest = ParamSpec("Rest")
Answer = TypeVar("Answer")


def remembered(
    function: Callable[Concatenate[str, Rest], Answer],
) -> Callable[Concatenate[str, Rest], Answer]:
    """`function(text, …)` with its last answers about short texts kept."""
    kept = lru_cache(maxsize=KEPT)(function)

    @wraps(function)
    def answer(text: str, *rest: Rest.args, **more: Rest.kwargs) -> Answer:
        if len(text) > SHORT:
            return function(text, *rest, **more)
        return kept(text, *rest, **more)  # type: ignore[arg-type]  # all of them are hashable

    return answer
