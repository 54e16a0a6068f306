"""From wanted article numbers to lines with the prices of the day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from sqlalchemy.orm import Session

from app.catalog.queries import NO_TERMS, OrderableArticle, orderable_articles
from app.catalog.relations.option_queries import option_rules, target_names
from app.catalog.relations.rules_options import breaches
from app.catalog.rules import quantity_fits
from app.catalog.supplied import NO_TURNS, Supplied, Turns, supplied_by
from app.catalog.visible import Visible
from app.eligibility.judging.case import Line
from app.frameworks.drawing.draw import Draw
from app.frameworks.supplier_choice import NoSupplier
from app.kernel.money import Money
from app.kernel.unit_price import UnitPrice
from app.ordering.quoting.queries import Quoted, QuotesOf, quoted_articles
from app.ordering.shares.rules_shares import CodedLine
from app.ordering.wanted import ArticleUnknown, SeveralFrameworks, TermWrong

NOT_ORDERABLE: Final = "article_not_orderable"
NOT_A_PARTY: Final = "not_a_party"
HIDDEN: Final = "Ihre Organisation ist in diesem Los nicht abrufberechtigt."


@dataclass(frozen=True, slots=True)
class PricedLine:
    """An article, how many, and what that costs; without a valid price it costs nothing yet."""

    article: OrderableArticle
    quantity: int
    broken_option: str = ""
    quoted: Quoted | None = None
    supplied: Supplied | NoSupplier | None = None
    """Who delivers it, where several share the lot, or why nobody does."""

    @property
    def unit_price(self) -> UnitPrice | None:
        """The framework price of one piece, over its whole term where it has one."""
        return self.article.unit_price

    @property
    def net(self) -> Money:
        return self.unit_price.times(self.quantity) if self.unit_price else Money(0)

    @property
    def coded(self) -> CodedLine:
        """As its budget is charged; without a price nothing is."""
        price = self.unit_price or UnitPrice(0)
        return CodedLine(self.article.sku, self.quantity, price, self.net)

    @property
    def pieces(self) -> int:
        """As ceilings count: a pack of ten is ten pieces."""
        return self.quantity * self.article.pieces_per_unit

    @property
    def refusal(self) -> str | None:
        """The contract's code for a line that cannot be ordered today; None where it can."""
        if self.article.refusal is not None:
            return self.article.refusal
        fits = self._quantity_fits and self.article.term_fault is None
        return None if fits and not self.broken_option and not self.unsupplied else NOT_ORDERABLE

    @property
    def obstacle(self) -> str | None:
        """The same in German."""
        if self.article.refusal is not None:
            return self.article.reason
        if self._quantity_fits:
            return self.article.term_fault or self.broken_option or self.unsupplied or None
        least, step = self.article.minimum_quantity, self.article.quantity_interval
        further = f" und dann je {step} Stück mehr" if step > 1 else ""
        return f"Bestellbar sind mindestens {least} Stück{further}."

    @property
    def unsupplied(self) -> str:
        """Why none of the lot's suppliers delivers it."""
        return self.supplied.reason if isinstance(self.supplied, NoSupplier) else ""

    @property
    def _quantity_fits(self) -> bool:
        least, step = self.article.minimum_quantity, self.article.quantity_interval
        return quantity_fits(self.quantity, least, step)


def price_lines(  # noqa: PLR0913 - what, when, for whom, and what is decided already
    session: Session,
    quantities: Mapping[str, int],
    on: date,
    terms: Mapping[str, int] = NO_TERMS,
    *,
    visible: Visible,
    quotes_of: QuotesOf | None = None,
    turns: Turns = NO_TURNS,
) -> tuple[PricedLine, ...]:
    """In the order asked for. Raises ArticleUnknown for a number that is in no catalog.

    `terms` are the months of rent or the pages per piece of articles that are charged so. What
    is not `visible` to the member is refused: not_a_party. `quotes_of` says whose free positions
    count as well; they are looked for among what no catalog has. Where several suppliers share
    a lot, its lines cost what the one charges whose turn it is.
    """
    found = orderable_articles(session, quantities, on, terms)
    free = _free_positions(session, quotes_of, quantities, on, found)
    found |= {sku: one.article for sku, one in free.items()}
    known = {sku: _seen_by(article, visible) for sku, article in found.items()}
    for sku in quantities:
        if sku not in known:
            raise ArticleUnknown(sku)
    broken = _broken_options(session, known, quantities)
    known, suppliers = supplied_by(session, known, quantities, on, turns)
    return tuple(
        PricedLine(
            known[sku],
            quantity,
            broken.get(sku, ""),
            free.get(sku),
            None if sku in free else suppliers.get(known[sku].lot_id),
        )
        for sku, quantity in quantities.items()
    )


def _free_positions(
    session: Session,
    whose: QuotesOf | None,
    quantities: Mapping[str, int],
    on: date,
    found: Mapping[str, OrderableArticle],
) -> dict[str, Quoted]:
    """Costs nothing where every number is an article's."""
    if whose is None or len(found) == len(quantities):
        return {}
    others = {sku: many for sku, many in quantities.items() if sku not in found}
    return quoted_articles(session, whose, others, on)


def _seen_by(article: OrderableArticle, visible: Visible) -> OrderableArticle:
    if visible is None or article.lot_id in visible:
        return article
    return replace(article, unit_price=None, refusal=NOT_A_PARTY, reason=HIDDEN)


def _broken_options(
    session: Session, known: Mapping[str, OrderableArticle], quantities: Mapping[str, int]
) -> dict[str, str]:
    """What is wrong with ordering these together, by article; most articles have no rule."""
    ruled = [sku for sku, article in known.items() if article.optioned]
    if not ruled:
        return {}
    rules = option_rules(session, ruled)
    names = target_names(session, rules)
    said: dict[str, list[str]] = {}
    for breach in breaches(rules, quantities, names):
        said.setdefault(breach.sku, []).append(breach.text)
    return {sku: " ".join(texts) for sku, texts in said.items()}


def with_right_terms(lines: tuple[PricedLine, ...]) -> None:
    """Raises TermWrong for the first line whose term is missing or cannot be agreed."""
    for line in lines:
        fault = line.article.term_fault
        if fault is not None and line.article.refusal is None:
            raise TermWrong(line.article.name, fault)


def of_one_framework(lines: tuple[PricedLine, ...]) -> int:
    """The framework of all lines. Raises SeveralFrameworks."""
    frameworks = {line.article.framework_id for line in lines}
    if len(frameworks) > 1:
        raise SeveralFrameworks
    return frameworks.pop()


def draws_of(lines: tuple[PricedLine, ...], member_id: int) -> tuple[Draw, ...]:
    """What the lines take from each lot for this member."""
    drawn: dict[int, Draw] = {}
    for line in lines:
        lot_id, pieces = line.article.lot_id, line.pieces
        part = Draw(lot_id, line.net, pieces, member_id, ((line.article.sku, pieces),))
        drawn[lot_id] = drawn[lot_id].and_also(part) if lot_id in drawn else part
    return tuple(drawn[lot_id] for lot_id in sorted(drawn))


def suppliers_of(lines: Iterable[PricedLine]) -> tuple[Supplied, ...]:
    """Each once, by lot; empty where every lot has a single supplier."""
    found = {
        line.supplied.lot_id: line.supplied for line in lines if isinstance(line.supplied, Supplied)
    }
    return tuple(found[lot_id] for lot_id in sorted(found))


def case_line(line: PricedLine) -> Line:
    """The line as the rules F-05 to F-07 judge it."""
    article = line.article
    return Line(
        sku=article.sku,
        name=article.name,
        quantity=line.quantity,
        unit_price=line.unit_price or UnitPrice(0),
        net=line.net,
        lot=article.lot_number,
        lot_id=article.lot_id,
        price_list_version=None
        if article.refusal == NOT_ORDERABLE or line.quoted is not None
        else str(article.catalog_version_id),
        list_price=line.unit_price,
        reverse_charge=article.rc_category or None,
        pieces=line.pieces if article.pieces_per_unit > 1 else None,
        quote=line.quoted.quote if line.quoted is not None else None,
    )
