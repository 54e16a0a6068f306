"""Forms for an outage were printed, one was filled in and entered afterwards."""

from datetime import datetime, timedelta
from typing import Final

from app.demonstration.acts import Stage, purpose_of
from app.demonstration.plan import Buyer, Need
from app.ordering.outage.enter_form import enter_form
from app.ordering.outage.issue_forms import issue_forms
from app.ordering.outage.rules_forms import form_number
from app.ordering.submission import Submitted
from app.ordering.wanted import OnPaper, Wanted

FORMS: Final = 3


def show_outage(stage: Stage, start: datetime) -> int:
    """How many forms became orders."""
    buyer = stage.cast.buyers[Buyer.IT]
    member = stage.cast.member
    block = issue_forms(stage.session, buyer.actor, member.id, FORMS, start - timedelta(days=3))
    (sku, *_), pieces = stage.shelves[Need.WORKPLACE].basket(2), 1
    wanted = Wanted(
        quantities={sku: pieces},
        purpose=purpose_of(stage, sku, FORMS),
        product_account=buyer.account,
        deliver_to=buyer.deliver_to,
        unit_id=buyer.unit_id,
    )
    form = form_number(member.key, block.first)
    paper = OnPaper(form, (start - timedelta(days=1)).replace(second=0, microsecond=0))
    at = start - timedelta(hours=2)
    entered = enter_form(stage.session, buyer.actor, member.id, wanted, paper, at)
    return int(isinstance(entered, Submitted))
