"""Variants of an article: one order number for each combination of chosen values."""

from itertools import product
from typing import Final

from app.catalog.formats.article_drafts import Choice
from app.catalog.formats.values import Article, Feature

FAMILY_MEMBERS: Final = 200


def family_members(article: Article, choices: list[Choice]) -> list[Article]:
    """One article per combination of values: its number is the family's with the supplements.

    Empty where a supplement is missing, numbers coincide or there are more than FAMILY_MEMBERS.
    """
    choices = sorted(choices, key=lambda choice: choice.order)
    wanted = 1
    for choice in choices:
        wanted *= len(choice.values)
    if wanted > FAMILY_MEMBERS:
        return []
    members: dict[str, Article] = {}
    for combination in product(*(choice.values for choice in choices)):
        sku = article.sku + "".join(supplement for _, supplement in combination)
        chosen = tuple(
            Feature(choice.name, value, choice.unit)
            for choice, (value, _) in zip(choices, combination, strict=True)
        )
        features = (*chosen, *article.features)
        members[sku] = article._replace(sku=sku, family=article.sku, features=features)
    complete = all(
        value and supplement for choice in choices for value, supplement in choice.values
    )
    return list(members.values()) if complete and len(members) == wanted else []
