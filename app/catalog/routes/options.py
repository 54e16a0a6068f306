"""Pages for the catalog's editor: what must or must not be ordered along with an article."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app.catalog.relations.option_form import OptionForm, read_option
from app.catalog.relations.option_queries import rules_of_the_editor
from app.catalog.relations.remove_option_rule import remove_option_rule
from app.catalog.relations.rules_options import KIND_WORDS
from app.catalog.relations.save_option_rule import save_option_rule
from app.catalog.relations.successor_queries import article_names
from app.kernel.errors import Malformed
from app.members.current import Asking, needs
from app.members.rules import Scope
from app.web.dependencies import Db, Now, Sent
from app.web.pages import redirect, render

router = APIRouter(prefix="/optionsregeln", include_in_schema=False)
Keeper = Annotated[Asking, Depends(needs(Scope.CATALOG_WRITE))]


@router.get("")
def show_all(request: Request, db: Db, _asking: Keeper, artikel: str = "") -> Response:
    return _page(request, db, OptionForm(sku=artikel[:64]))


@router.post("")
def add(request: Request, db: Db, now: Now, asking: Keeper, sent: Sent) -> Response:
    form = read_option(sent)
    wanted = form.wanted()
    if wanted is None:
        return _page(request, db, form, status=422)
    try:
        save_option_rule(db, wanted, asking.person_id, now)
    except Malformed as fault:
        form.errors |= fault.by_field
        return _page(request, db, form, status=422)
    return redirect(request, "/optionsregeln", "Die Optionsregel ist angelegt.")


@router.post("/{rule_id}/entfernen")
def remove(request: Request, db: Db, now: Now, asking: Keeper, rule_id: int) -> Response:
    remove_option_rule(db, rule_id, asking.person_id, now)
    return redirect(request, "/optionsregeln", "Die Optionsregel ist entfernt.")


def _page(request: Request, db: Session, form: OptionForm, status: int = 200) -> Response:
    rules = rules_of_the_editor(db)
    skus = {rule.sku for rule in rules} | {one.sku for rule in rules for one in rule.targets}
    context = {
        "form": form,
        "errors": form.errors,
        "rules": rules,
        "names": article_names(db, skus),
        "kinds": [(kind.value, text) for kind, text in KIND_WORDS.items()],
        "kind_words": {kind.value: text for kind, text in KIND_WORDS.items()},
    }
    return render(request, "catalog/option_rules.html", context, status=status)
