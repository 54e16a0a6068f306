"""A forecast in German sentences, as desk and members read it. Pure."""

from datetime import date

from app.frameworks.outlook.rules_forecast import FEWEST_ORDERS, FEWEST_WEEKS, Forecast, State
from app.kernel.german import day

WITHOUT_EFFECT = (
    "Die Rahmenvereinbarung hat insoweit keine Wirkung mehr (EuGH C-23/20); "
    "das Portal nimmt keinen Abruf mehr an."
)


def sentence(name: str, found: Forecast, ends: date, tender_months: int, today: date) -> str:
    """`name` is `Los 2 Monitore`, or what else has the ceiling."""
    tender = _tender(found, tender_months, today)
    match found.state:
        case State.USED_UP:
            return f"{name} ist erschöpft. {WITHOUT_EFFECT} {tender}"
        case State.THIN:
            return (
                f"Für {name} gibt es noch keine belastbare Aussage: {found.weeks} Wochen mit "
                f"{_orders(found.orders)}, gebraucht werden {FEWEST_WEEKS} Wochen mit "
                f"{FEWEST_ORDERS} Abrufen. {tender}"
            )
        case State.IDLE:
            return f"Aus {name} wurde in {found.weeks} Wochen nichts abgerufen. {tender}"
        case State.RUNS_OUT if found.exhausted_on is not None:
            return (
                f"Bei diesem Tempo ist {name} am {day(found.exhausted_on)} erschöpft "
                f"({_between(found)}). {tender}"
            )
        case _:
            risk = ""
            if found.risky(ends) and found.earliest is not None:
                risk = f" Im ungünstigen Fall ist es am {day(found.earliest)} erschöpft."
            return (
                f"Bei diesem Tempo reicht {name} bis zum Ende der Laufzeit am {day(ends)}."
                f"{risk} {tender}"
            )


def _orders(count: int) -> str:
    return "1 Abruf" if count == 1 else f"{count} Abrufen"


def _between(found: Forecast) -> str:
    earliest = "" if found.earliest is None else day(found.earliest)
    if found.latest is None:
        return f"frühestens am {earliest}; ein spätestes Datum gibt der Verlauf nicht her"
    return f"zwischen {earliest} und {day(found.latest)}"


def _tender(found: Forecast, months: int, today: date) -> str:
    needs = f"Eine Neuausschreibung braucht {months} Monate"
    if found.state is State.USED_UP:
        return f"{needs}: jetzt beginnen."
    if found.alarm(today):
        return f"{needs} und hätte spätestens am {day(found.begin_tender_by)} beginnen müssen."
    return f"{needs}; spätestens am {day(found.begin_tender_by)} beginnen."
