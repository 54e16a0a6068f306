"""What browsers send about the rule table: syntax only."""

from collections.abc import Mapping

from app.approvals.add_rule import RuleWish
from app.approvals.rules_table import MOST_STEPS, RuleStep
from app.kernel.errors import FieldError, Malformed
from app.kernel.german import clean
from app.kernel.money import NOTHING, Money
from app.members.forms import money, whole

BY_LIMIT = "wertgrenze"
PLACES = tuple(range(1, MOST_STEPS + 1))


def read_rule(sent: Mapping[str, str]) -> RuleWish:
    """The wish behind the form. Malformed names every field that cannot be read."""
    faults: list[FieldError] = []
    wish = RuleWish(
        title=clean(sent.get("titel", "")),
        steps=_steps(sent, faults),
        above=_money(sent, "ueber", faults) or NOTHING,
        up_to=_money(sent, "bis", faults),
        account=clean(sent.get("konto", "")),
        category_id=_whole(sent, "warengruppe", faults),
        unit_id=_whole(sent, "einheit", faults),
        escalate_after_days=_whole(sent, "weiter_nach", faults),
        escalate_to=_whole(sent, "weiter_an", faults),
    )
    if faults:
        raise Malformed(*faults)
    return wish


def read_settings(sent: Mapping[str, str]) -> tuple[int, Money]:
    """Days in which orders count together, and the value above which a password is asked for."""
    faults: list[FieldError] = []
    days, above = _whole(sent, "fenster", faults), _money(sent, "passwort_ab", faults)
    if faults:
        raise Malformed(*faults)
    return days or 0, above or NOTHING


def _steps(sent: Mapping[str, str], faults: list[FieldError]) -> tuple[RuleStep, ...]:
    steps = []
    for place in PLACES:
        who = sent.get(f"person{place}", "").strip()
        if not who:
            continue
        stage = _whole(sent, f"stufe{place}", faults) or place
        if not 1 <= stage <= MOST_STEPS:
            text = f"Bitte wählen Sie eine Stufe von 1 bis {MOST_STEPS}."
            faults.append(FieldError(f"stufe{place}", "out_of_range", text))
            continue
        person = None if who == BY_LIMIT else _whole(sent, f"person{place}", faults)
        if person is not None or who == BY_LIMIT:
            steps.append(RuleStep(stage, person))
    return tuple(steps)


def _whole(sent: Mapping[str, str], name: str, faults: list[FieldError]) -> int | None:
    try:
        return whole(name, sent.get(name, ""))
    except Malformed as fault:
        faults.extend(fault.errors)
        return None


def _money(sent: Mapping[str, str], name: str, faults: list[FieldError]) -> Money | None:
    try:
        return money(name, sent.get(name, ""))
    except Malformed as fault:
        faults.extend(fault.errors)
        return None
