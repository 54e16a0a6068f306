"""Words that were probably meant: some letters missed, doubled, wrong or swapped."""

from itertools import pairwise
from typing import Final

SHORTEST: Final = 4
LONG: Final = 8  # from here on two mistakes are forgiven: in six letters, a beamer would be blue
MOST_CANDIDATES: Final = 4000


def mistakes_forgiven(word: str) -> int:
    """None in short words and numbers: `T14` is not `T15`."""
    if len(word) < SHORTEST or not word.isalpha():
        return 0
    return 1 if len(word) < LONG else 2


def pieces(word: str, mistakes: int) -> list[str]:
    """Of one piece more than there are mistakes, one is spelt right (or two pieces, if swapped)."""
    many = mistakes + 1
    bounds = [len(word) * at // many for at in range(many + 1)]
    found = [word[start:end] for start, end in pairwise(bounds)]
    return [piece for piece in found if len(piece) > 1]


def distance(first: str, second: str, most: int) -> int:
    """Letters missed, added, wrong or swapped with the neighbour; `most` + 1 where it is more."""
    if abs(len(first) - len(second)) > most:
        return most + 1
    before: list[int] = []
    above = list(range(len(second) + 1))
    for row, letter in enumerate(first, 1):
        here = [row]
        for column, other in enumerate(second, 1):
            cost = min(
                above[column] + 1, here[column - 1] + 1, above[column - 1] + (letter != other)
            )
            swapped = (
                row > 1 and column > 1 and letter == second[column - 2] and first[row - 2] == other
            )
            if swapped:
                cost = min(cost, before[column - 2] + 1)
            here.append(cost)
        if min(here) > most and min(above) > most:
            return most + 1
        before, above = above, here
    return min(above[-1], most + 1)


def begins_alike(word: str, other: str) -> bool:
    """Hardly anybody mistakes the first letter: `handy` is not `candy`; swapped ones count."""
    return word[0] == other[0] or word[1::-1] == other[:2]


def nearest(word: str, candidates: list[str]) -> str | None:
    """The candidate with the fewest mistakes; of equals the one with the same start and length."""
    most = mistakes_forgiven(word)
    judged = [
        (far, one[0] != word[0], abs(len(one) - len(word)), one)
        for one in candidates[:MOST_CANDIDATES]
        if begins_alike(word, one) and 0 < (far := distance(word, one, most)) <= most
    ]
    return min(judged)[-1] if judged else None
