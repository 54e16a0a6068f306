"""`kitu user`, `kitu token`, `kitu members`: people, tokens and bodies."""

from argparse import Namespace
from getpass import getpass
from pathlib import Path
from sys import stdin

from app.accounts.passwords import first_hash
from app.commands.command import (
    DONE,
    FOUND_WRONG,
    Groups,
    add,
    answer,
    file_content,
    group,
    now,
    patience,
    transaction,
    warn,
    with_json,
)
from app.database.tenant import EVERY_MEMBER
from app.kernel.errors import FieldError, Malformed
from app.kernel.money import Money
from app.members.importing.import_members import MembersImported, MembersRefused, import_members
from app.members.people.assign_roles import Grants
from app.members.people.create_token import TokenWish, create_token_for_mail
from app.members.people.create_user import NewUser, create_user
from app.members.queries import member_by_key
from app.members.rules import TOKEN_SCOPES, Role

ACTOR = "cli"
UNPROVEN = (
    "Noch fehlt ihr Nachweis, dass kein privates Kapital beteiligt ist (K-05). Ab dem Tag ihres "
    "Beitritts bleibt ohne ihn die Inhouse-Prüfung aller Mitglieder ungeklärt, und neue "
    "Bestellungen warten: bitte unter „Nachweise“ eintragen und freigeben."
)


def add_commands(groups: Groups) -> None:
    users = group(groups, "user", "Personen")
    user = add(
        users,
        "create",
        run_create_user,
        "Person mit Rollen anlegen; das Passwort wird erfragt oder von der Eingabe gelesen",
        "kitu user create --mail admin@kommune.example --label Verwaltung --role admin",
    )
    user.add_argument("--mail", required=True)
    user.add_argument("--label", help="Funktion, die statt eines Namens gezeigt wird")
    user.add_argument(
        "--role", required=True, action="append", choices=[role.value for role in Role]
    )
    user.add_argument("--member", metavar="KEY", help="Schlüssel des Mitglieds (für seine Rollen)")
    user.add_argument("--approval-limit", metavar="EUR", help="entscheidet bis zu diesem Wert")
    user.add_argument("--password-file", metavar="FILE", help="erste Zeile ist das Passwort")
    with_json(user)

    tokens = group(groups, "token", "Zugänge für Programme")
    token = add(
        tokens,
        "create",
        run_create_token,
        "Token ausgeben, ein einziges Mal",
        "kitu token create --user it@kommune.example --scope catalog:read",
    )
    token.add_argument("--user", metavar="MAIL", required=True)
    token.add_argument("--name", default="Kommandozeile")
    token.add_argument("--days", type=int, default=365, help="gültig für so viele Tage")
    token.add_argument("--scope", action="append", choices=[one.value for one in TOKEN_SCOPES])
    with_json(token)

    members = group(groups, "members", "Mitglieder und ihre Einheiten")
    wanted = add(
        members,
        "import",
        run_import_members,
        "Mitglieder und Einheiten aus einer CSV-Datei, alle Zeilen oder keine",
        "kitu members import mitglieder.csv",
    )
    wanted.add_argument("file", metavar="FILE.csv")
    with_json(wanted)


def run_create_user(arguments: Namespace) -> int:
    password_hash = first_hash(_password(arguments.password_file), arguments.mail)
    limit = arguments.approval_limit
    with transaction() as session:
        member = arguments.member and member_by_key(session, arguments.member)
        grants = Grants(
            frozenset(Role(role) for role in arguments.role),
            member.id if member else None,
            approval_limit=None if limit is None else _money(limit),
        )
        label = arguments.label or arguments.mail.partition("@")[0]
        user = NewUser(arguments.mail, label, password_hash)
        made = create_user(session, EVERY_MEMBER, user, grants, ACTOR, now())
        number, mail = made.id, made.mail
    answer(arguments, {"id": number, "mail": mail}, f"Angelegt: {mail}")
    return DONE


def run_create_token(arguments: Namespace) -> int:
    with transaction() as session:
        wish = TokenWish(arguments.name, arguments.scope, arguments.days)
        token = create_token_for_mail(session, arguments.user, wish, now())
    answer(arguments, {"id": token.token_id, "token": token.secret}, token.secret)
    if not arguments.json:
        warn("Dieser Token wird nur jetzt gezeigt.")
    return DONE


def run_import_members(arguments: Namespace) -> int:
    content = file_content(arguments.file)
    with transaction() as session, patience("Einlesen der Mitglieder"):
        done = import_members(session, content, ACTOR, now())
    match done:
        case MembersRefused(faults=faults):
            rejected = [
                {"line": one.line, "code": one.code, "reason": one.reason} for one in faults
            ]
            answer(arguments, {"members": 0, "units": 0, "unchanged": 0, "rejected": rejected})
            for one in faults:
                warn(f"Zeile {one.line}: {one.reason}")
            warn("Es wurde nichts übernommen.")
            return FOUND_WRONG
        case MembersImported():
            counts = {"members": done.members, "units": done.units, "unchanged": done.unchanged}
            answer(
                arguments,
                {**counts, "rejected": []},
                f"Übernommene Mitglieder: {done.members}, Einheiten: {done.units}, "
                f"schon da: {done.unchanged}.",
            )
            if done.members:
                warn(UNPROVEN)
            return DONE


def _password(file: str | None) -> str:
    """From a file, a pipe, or typed twice without being shown."""
    if file is not None:
        return Path(file).read_text(encoding="utf-8").partition("\n")[0]
    if not stdin.isatty():
        return stdin.readline().rstrip("\n")
    first = getpass("Passwort: ")
    if getpass("Noch einmal: ") != first:
        text = "Die beiden Eingaben sind verschieden."
        raise Malformed(FieldError("password", "passwords_differ", text))
    return first


def _money(text: str) -> Money:
    try:
        return Money.euros(text.replace(",", "."))
    except ArithmeticError:
        said = f"{text!r} ist kein Betrag in Euro, zum Beispiel 2500 oder 2500,50."
        raise Malformed(FieldError("approval_limit", "not_an_amount", said)) from None
