"""What several readers of one file come to, as if one had read it all."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import replace

from app.catalog.formats.register import Register
from app.catalog.formats.values import Mode, Transaction
from app.catalog.upkeep.read_file import Batch, FileFacts, Remarks
from app.catalog.upkeep.tell_articles import Told


def put_together(shares: Iterable[Iterator[Batch | FileFacts]]) -> Iterator[Batch | FileFacts]:
    """Batches in the order of the file, at last its facts; `shares` are in their order.

    Only here is it known that a number stands twice, or that the file does not hold it.
    """
    register = Register()
    remarks = Remarks(register.findings)
    facts: list[FileFacts] = []
    waiting = deque(shares)
    while waiting:
        share = waiting.popleft()
        batch = next(share)
        while isinstance(batch, Batch) and batch.more:
            yield _checked(batch, register, remarks)
            batch = next(share)
        if isinstance(batch, FileFacts):
            facts.append(batch)
        else:
            yield _checked(batch, register, remarks)
            waiting.append(share)
    holdings = register.join([one.counts for one in facts], [one.holdings for one in facts])
    first = facts[0]
    register.finish(whole=first.transaction == Transaction.NEW_CATALOG)
    if last := remarks.fresh():
        yield Batch([], last, frozenset())
    grouped = any(one.grouped for one in facts)
    yield replace(first, counts=register.counts, holdings=holdings, grouped=grouped)


def _checked(batch: Batch, register: Register, remarks: Remarks) -> Batch:
    """Without articles whose number stood in the file before, and without rejected ones."""
    articles = [told for told in batch.articles if _is_new(told, register)]
    if not (twice := remarks.fresh()):
        return replace(batch, articles=articles)
    return replace(
        batch,
        articles=articles,
        remarks=sorted([*twice, *batch.remarks], key=lambda remark: remark.line),
    )


def _is_new(told: Told, register: Register) -> bool:
    new = register.enter(told.line, told.sku)
    if told.mode is not Mode.REJECTED:
        return new
    if new:
        register.withdraw(told.sku)
    return False
