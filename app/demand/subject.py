"""The words of a need, folded and brought to the catalog's own, so that equal needs meet."""

from app.catalog.finding.same_words import meanings
from app.catalog.finding.words import words_of
from app.demand.rules import subject_of


def subject(what: str) -> str:
    """By words that mean one word; what is said in several words stays as it is."""
    same = {
        word: tuple(other[0] for other in others if len(other) == 1)
        for word, others in meanings().items()
    }
    return subject_of(words_of(what), same) or what.casefold()
