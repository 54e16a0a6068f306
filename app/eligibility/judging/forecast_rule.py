"""Rule F-09: will the lots of this order last until the agreement ends?"""

from typing import Final

from app.eligibility.judging.case import FrameworkFacts, LotOutlook, Order
from app.eligibility.judging.inquiry import CONTRACTS_ROLE, judged
from app.eligibility.rules import Result, RuleResult
from app.frameworks.outlook.rules_forecast import State
from app.kernel import german

LASTS: Final = judged(
    "F-09",
    Result.PASS,
    "Nach dem bisherigen Verbrauch ist vor dem Ende der Laufzeit keine Höchstmenge erreicht.",
)
HELP: Final = (
    "Sie können abrufen, solange die Höchstmenge reicht. "
    f"Ein neues Vergabeverfahren beginnt {CONTRACTS_ROLE}."
)


def forecast(framework: FrameworkFacts, order: Order | None) -> RuleResult:
    """Fails where a lot's use reaches its ceiling before the last day of the agreement.

    Lots whose use is too thin for a forecast name no day and pass.
    """
    wanted = None if order is None else {line.lot for line in order.lines}
    short = [
        outlook
        for outlook in framework.outlooks
        if (wanted is None or outlook.lot in wanted) and _ends_early(outlook, framework)
    ]
    if not short:
        return LASTS
    return judged(
        "F-09",
        Result.FAIL,
        f"Die Höchstmenge von {framework.number} ist voraussichtlich vor dem "
        f"{german.day(framework.valid_to)} erreicht: {'; '.join(map(_words, short))}.",
        HELP,
    )


def _ends_early(outlook: LotOutlook, framework: FrameworkFacts) -> bool:
    if outlook.exhausted_on is None:
        return outlook.state == State.USED_UP
    return outlook.exhausted_on < framework.valid_to


def _words(outlook: LotOutlook) -> str:
    if outlook.exhausted_on is None:
        return f"Los {outlook.lot} ist ausgeschöpft"
    return f"Los {outlook.lot} um den {german.day(outlook.exhausted_on)}"
