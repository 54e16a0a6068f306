"""A member with two steps of approval, and an order that has come half of the way."""

import tomllib
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from app.approvals.add_rule import RuleWish, TableKeeper, add_rule
from app.approvals.rules_table import RuleStep
from app.demonstration import acts
from app.demonstration.acts import Entry, Stage
from app.demonstration.cast import person_id
from app.demonstration.plan import Need
from app.members.queries import member_by_key
from app.ordering.steps.approve_call_off import approve_call_off
from app.ordering.wanted import Actor

FILE: Final = "approvals.toml"
DAY: Final = timedelta(days=1)


def show_approvals(stage: Stage, folder: Path, start: datetime) -> str:
    """The number of the order that waits for its second signature."""
    said: dict[str, Any] = tomllib.loads((folder / FILE).read_text(encoding="utf-8"))
    member = member_by_key(stage.session, said["member"])
    rule, order = said["rule"], said["order"]
    at = start - order["days_ago"] * DAY
    steps = tuple(
        RuleStep(stage_number, person_id(stage.session, mail))
        for stage_number, mail in enumerate(rule["steps"], 1)
    )
    wish = RuleWish(
        rule["title"],
        steps,
        account=rule["account"],
        escalate_after_days=rule["escalate_after_days"],
    )
    add_rule(stage.session, TableKeeper(person_id(stage.session, said["by"]), member.id), wish, at)
    orderer = replace(stage.cast.neighbour, account=order["account"])
    number = acts.submitted(stage, Entry(orderer, Need.PRINT, order["pick"]), at)
    signer = Actor(person_id(stage.session, order["signed_by"]), member.id)
    tenant = stage.cast.tenant_of_neighbour
    approve_call_off(stage.session, signer, number, tenant, at + DAY)
    return number
