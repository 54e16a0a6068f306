"""Who restored a backup sees at a glance which papers to compare."""

from app.commands.last_numbers import last_numbers


def test_the_numbers_that_go_on_are_named_and_those_of_one_order_only_counted() -> None:
    last = {
        "call_off:15001000:2026": 168,
        "delivery:15001000-2026-0001": 1,
        "delivery:15001000-2026-0002": 3,
        "invoice:RE-2026": 138,
        "something:new": 7,
    }

    assert list(last_numbers(last)) == [
        "Rechnungen RE-2026: 138",
        "Abrufe 15001000 2026: 168",
        "something new: 7",
        "Lieferscheine: zu 2 Abrufen",
    ]
    assert list(last_numbers({})) == []
