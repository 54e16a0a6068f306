"""Pages of the own account, of people, of addresses, of product accounts, of members."""

from fastapi import APIRouter

from app.members.routes.account import router as account
from app.members.routes.accounts import router as accounts
from app.members.routes.addresses import router as addresses
from app.members.routes.import_people import router as import_people
from app.members.routes.members import router as members
from app.members.routes.people import router as people
from app.members.routes.register import router as register

router = APIRouter(include_in_schema=False)
for pages in (account, import_people, people, addresses, accounts, members, register):
    router.include_router(pages)
