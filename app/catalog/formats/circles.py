"""Finding articles that lead back to themselves: parts of parts, successors of successors."""

from collections.abc import Mapping, Sequence


def circles(edges: Mapping[str, Sequence[str]]) -> list[tuple[str, ...]]:
    """Each circle once, as the way around it: `("A", "B")` means A → B → A."""
    found: list[tuple[str, ...]] = []
    done: set[str] = set()
    for start in edges:
        if start in done:
            continue
        way = {start: None}  # ordered, and quick to ask
        open_ends = [iter(edges[start])]
        while open_ends:
            following = next(open_ends[-1], None)
            if following is None:
                open_ends.pop()
                done.add(way.popitem()[0])
            elif following in way:
                around = list(way)
                found.append(tuple(around[around.index(following) :]))
            elif following not in done and following in edges:
                way[following] = None
                open_ends.append(iter(edges[following]))
    return found
