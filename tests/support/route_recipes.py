"""Which roles every route opens to, and well-formed input for those that need some.

A new route belongs into one of the tables; the test over them says so until it stands here.
"""

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from app.members.rules import MEMBER_ROLES, ROLE_SCOPES, Role, Scope
from tests.support.relations import LETTER
from tests.support.world import ACCOUNT, MONITOR, NOTEBOOK

Roles = frozenset[Role]
# What stands behind these addresses belongs to the catalog or to nobody.
SHARED: Final = (
    "/rahmenvertraege/",
    "/katalogpflege/pruefgrenzen/",
    "/bestand/",
    "/auftragnehmerpreise/",
    "/cockpit/",
    "/frameworks/",
    "/artikel/",
    "/articles/",
    "/artikelbilder/",
    "/artikeldokumente/",
    "/artikelpflege/",
    "/umweltzeichen/",
    "/pakete/",
    "/bedarfsrunden/",
    "/kits/",
    "/optionsregeln/",
    "/nachfolger/",
    "/passwort-neu/",
    "/freigabe/",
    "/kalender/",
)


@dataclass(frozen=True)
class Route:
    method: str
    path: str

    @property
    def reads(self) -> bool:
        return self.method == "GET"

    @property
    def is_api(self) -> bool:
        return self.path.startswith("/api/v1/")

    @property
    def names_somebodys(self) -> bool:
        """Whether the address names something that belongs to one member or person."""
        return "{" in self.path.replace("{kind}", "") and not any(
            part in self.path for part in SHARED
        )


def routes(app: FastAPI) -> set[Route]:
    """All routes of the application, static files aside."""
    return set(_routes(app))


def _routes(app: FastAPI) -> Iterator[Route]:
    for context in iter_route_contexts(app.routes):
        for method in context.methods or ():
            if method != "HEAD":
                yield Route(method, str(context.path).replace(":path}", "}"))


def having(scope: Scope) -> Roles:
    return frozenset(role for role in Role if scope in ROLE_SCOPES[role])


EVERYBODY: Final = frozenset(Role)
OF_MEMBERS: Final = frozenset(MEMBER_ROLES)
COCKPIT: Final = having(Scope.COCKPIT_READ)
KEEPERS: Final = having(Scope.CATALOG_WRITE)
STOCK: Final = having(Scope.STOCK_WRITE)
CATALOG: Final = having(Scope.CATALOG_READ)
READERS: Final = having(Scope.CALL_OFFS_READ)
BUYERS: Final = having(Scope.CALL_OFFS_WRITE) & OF_MEMBERS
APPROVERS: Final = having(Scope.CALL_OFFS_APPROVE)
DESK: Final = having(Scope.DELIVERIES_WRITE)
INVOICES: Final = having(Scope.INVOICES_READ)
REPORTS: Final = having(Scope.REPORTS_READ)
AUDIT: Final = having(Scope.AUDIT_READ)
EVIDENCE: Final = having(Scope.EVIDENCE_READ)
LEGAL: Final = having(Scope.EVIDENCE_WRITE)
CONFIRMERS: Final = having(Scope.OVERRIDES_CONFIRM)
CONTRACTS: Final = having(Scope.FRAMEWORKS_WRITE)
PEOPLE: Final = having(Scope.USERS_WRITE)
ADDRESSES: Final = having(Scope.ADDRESSES_WRITE)
MEMBERS: Final = having(Scope.MEMBERS_WRITE)
DEMAND: Final = having(Scope.DEMAND_WRITE)
BUDGETS: Final = having(Scope.BUDGETS_WRITE)
# Members who see orders, and the cooperative's people who see the cockpit.
ROUNDS: Final = (READERS & OF_MEMBERS) | COCKPIT
# On both sides of an order; what a state allows to whom is a 409, not a 403.
ACTORS: Final = having(Scope.CALL_OFFS_WRITE)
# One address for the moves of all sides.
MOVERS: Final = ACTORS | APPROVERS

PUBLIC: Final = {
    Route("GET", path)
    for path in (
        "/anmelden",
        "/passwort-vergessen",
        "/passwort-neu/{token}",
        "/freigabe/{token}",
        "/kalender/{token}",
        "/hilfe",
        "/impressum",
        "/datenschutz",
        "/barrierefreiheit",
        "/healthz",
        "/readyz",
        "/metrics",
        "/api/openapi.json",
    )
} | {
    Route("POST", path)
    for path in (
        "/anmelden",
        "/abmelden",
        "/passwort-vergessen",
        "/passwort-neu/{token}",
        "/freigabe/{token}",
        "/darstellung",
    )
}

READING: Final[dict[str, Roles]] = {
    "/": EVERYBODY,
    "/konto": EVERYBODY,
    "/konto/mitteilungen": EVERYBODY,
    "/verwaltung/personen/einlesen": PEOPLE,
    "/verwaltung/personen/vorlage.csv": PEOPLE,
    "/mitteilungen": EVERYBODY,
    "/katalog": CATALOG,
    "/katalog/vorschlaege": CATALOG,
    "/suchwoerter": KEEPERS,
    "/artikel/{sku}": CATALOG,
    "/artikelbilder/{picture}": CATALOG,
    "/artikeldokumente/{media_id}": CATALOG,
    "/artikelsumme": CATALOG,
    "/umweltzeichen/{label_id}/nachweis": CATALOG,
    "/artikelpflege/{sku}": KEEPERS,
    "/vergleich": CATALOG,
    "/pakete": CATALOG,
    "/pakete/neu": KEEPERS,
    "/pakete/{number}": CATALOG,
    "/pakete/{number}/bearbeiten": KEEPERS,
    "/bedarf": READERS & OF_MEMBERS,
    "/bedarf/neu": BUYERS,
    "/bedarf/{need_id}/bearbeiten": BUYERS,
    "/bedarfe": COCKPIT,
    "/bedarfe/export.csv": COCKPIT,
    "/bedarfe/gleiche": COCKPIT,
    "/bedarfsrunden": ROUNDS,
    "/bedarfsrunden/neu": DEMAND,
    "/bedarfsrunden/{round_id}": ROUNDS,
    "/bedarfsrunden/{round_id}/meldungen.csv": COCKPIT,
    "/toner-finden": CATALOG,
    "/toner-finden/vorschlaege": CATALOG,
    "/optionsregeln": KEEPERS,
    "/nachfolger": KEEPERS,
    "/nachfolger/neu": KEEPERS,
    "/nachfolger/{successor_id}": KEEPERS,
    "/nachfolger/{successor_id}/dokument": KEEPERS,
    "/katalogpflege": KEEPERS,
    "/katalogpflege/{version_id}": KEEPERS,
    "/katalogpflege/{version_id}/hinweise.csv": KEEPERS,
    "/katalogpflege/{version_id}/katalog.csv": KEEPERS,
    "/katalogpflege/{version_id}/katalog.xlsx": KEEPERS,
    "/katalogpflege/{version_id}/katalog.xml": KEEPERS,
    "/katalogpflege/{version_id}/unterschiede.csv": KEEPERS,
    "/katalogpflege/dateien/{import_id}": KEEPERS,
    "/katalogpflege/dateien/{import_id}/hinweise.csv": KEEPERS,
    "/katalogpflege/dateien/{import_id}/spalten": KEEPERS,
    "/katalogpflege/pruefgrenzen/{number}": KEEPERS,
    "/katalogpflege/vorlage.csv": KEEPERS,
    "/katalogpflege/vorlage.xlsx": KEEPERS,
    "/bestand": STOCK,
    "/auftragnehmerpreise": KEEPERS | {Role.AUDITOR},
    "/auftragnehmerpreise/vorlage.csv": KEEPERS,
    "/auftragnehmerpreise/{list_id}": KEEPERS | {Role.AUDITOR},
    "/auftragnehmerpreise/{list_id}/datei": KEEPERS | {Role.AUDITOR},
    "/bestand/vorlage.csv": STOCK,
    "/bestand/{report_id}": STOCK,
    "/bestand/{report_id}/hinweise.csv": STOCK,
    "/rahmenvertraege": EVERYBODY,
    "/rahmenvertraege/{number}": EVERYBODY,
    "/rahmenvertraege/{number}/bearbeiten": CONTRACTS,
    "/rahmenvertraege/{number}/aenderungen": EVERYBODY,
    "/rahmenvertraege/{number}/dokumente/{paper_id}": EVERYBODY,
    "/rahmenvertraege/neu": CONTRACTS,
    "/abwicklung/{number}/auftragnehmer": DESK,
    "/rahmenvertraege/{number}/hoechstwert": CONTRACTS,
    "/rahmenvertraege/{number}/preisregel": CONTRACTS,
    "/rahmenvertraege/{number}/option": CONTRACTS,
    "/rahmenvertraege/{number}/verlaengerung/{option}": CONTRACTS,
    "/rahmenvertraege/{number}/abrufberechtigte": CONTRACTS,
    "/rahmenvertraege/{number}/auftragnehmer": CONTRACTS,
    "/rahmenvertraege/{number}/auftragnehmerwechsel": CONTRACTS,
    "/rahmenvertraege/{number}/los": CONTRACTS,
    "/rahmenvertraege/{number}/dokument": CONTRACTS,
    "/rahmenvertraege/{number}/nachfolger": CONTRACTS,
    "/rahmenvertraege/{number}/meldungen": CONTRACTS,
    "/rahmenvertraege/{number}/index": CONTRACTS,
    "/abrufe": READERS,
    "/abrufe.csv": READERS,
    "/abrufe.xlsx": READERS,
    "/lieferkalender": READERS,
    "/abrufe/{number}": READERS,
    "/abrufe/{number}/aendern": BUYERS,
    "/abrufe/{number}/akte.zip": READERS,
    "/abrufe/{number}/akte-xdomea.zip": READERS,
    "/abrufe/{number}/anhang/{attachment_id}": READERS,
    "/abrufe/{number}/empfang": READERS,
    "/abrufe/{number}/entscheidung.json": READERS,
    "/abrufe/{number}/vermerk.pdf": READERS,
    "/abrufe/{number}/vermerk-fortgeschrieben.pdf": READERS,
    "/abrufe/{number}/vermerk-oeffentlich.pdf": READERS,
    "/marktpreis": BUYERS,
    "/freie-position": BUYERS,
    "/freie-position/{free_position}/angebot": READERS,
    "/api/v1/free-positions/{free_position}": READERS,
    "/marktpreis/belege/{price_id}": READERS,
    "/lieferscheine/{number}.pdf": READERS,
    "/bestellen": BUYERS,
    "/warenkorb": BUYERS,
    "/schnellbestellung": BUYERS,
    "/ausfall": BUYERS,
    "/ausfall/formulare/{block_id}.pdf": BUYERS,
    "/abwicklung/nacherfasst": DESK,
    "/vorlagen": BUYERS,
    "/vorlagen/{template_id}": BUYERS,
    "/warenkorb/geparkt/{basket_id}": BUYERS,
    "/schnellbestellung/vorschlaege": BUYERS,
    "/budgets": READERS & OF_MEMBERS,
    "/budgets/budgets.csv": READERS & OF_MEMBERS,
    "/budgets/import": BUDGETS,
    "/budgets/neu": BUDGETS,
    "/budgets/vorlage.csv": BUDGETS,
    "/budgets/{budget_id}": READERS & OF_MEMBERS,
    "/budgets/{budget_id}/bewegungen.csv": READERS & OF_MEMBERS,
    "/mittelbindungen": READERS & OF_MEMBERS,
    "/mittelbindungen.csv": READERS & OF_MEMBERS,
    "/genehmigungen": APPROVERS,
    "/genehmigungen/zusammen": APPROVERS,
    "/abwicklung": DESK,
    "/abwicklung/export.csv": DESK,
    "/abwicklung/{number}": DESK,
    "/abwicklung/{number}/aenderungen/{position}": DESK,
    "/abwicklung/{number}/vorschlagen": DESK,
    "/lieferantenbestellungen": DESK,
    "/lieferantenbestellungen/{number}.csv": DESK,
    "/lieferantenbestellungen/{number}.pdf": DESK,
    "/rechnungen": INVOICES,
    "/rechnungen/export.csv": INVOICES,
    "/rechnungen/{number}": INVOICES,
    "/rechnungen/{number}.pdf": INVOICES,
    "/rechnungen/{number}.ubl.xml": INVOICES,
    "/rechnungen/{number}.cii.xml": INVOICES,
    "/auswertung": REPORTS,
    "/auswertung/angaben": frozenset({Role.MEMBER_ADMIN}),
    "/auswertung/bericht.{kind}": REPORTS,
    "/auswertung/marktpreise": BUYERS,
    "/cockpit": COCKPIT,
    "/cockpit/{number}": COCKPIT,
    "/cockpit/{number}/cockpit.xlsx": COCKPIT,
    "/cockpit/{number}/mitglieder.csv": COCKPIT,
    "/cockpit/{number}/anteile": COCKPIT,
    "/cockpit/{number}/anteile.csv": COCKPIT,
    "/cockpit/{number}/berichtigung": CONTRACTS,
    "/cockpit/{number}/artikelgrenze": CONTRACTS,
    "/cockpit/{number}/meldung": STOCK,
    "/cockpit/{number}/meldung/vorlage.csv": STOCK,
    "/cockpit/{number}/meldung/{sheet_id}": STOCK,
    "/cockpit/{number}/meldung/{sheet_id}/hinweise.csv": STOCK,
    "/cockpit/{number}/kontingent": CONTRACTS,
    "/cockpit/{number}/ueberwachung": CONTRACTS,
    "/inhouse-register": EVIDENCE,
    "/betroffene-abrufe": EVIDENCE,
    "/inhouse-register/genossenschaft": EVIDENCE,
    "/inhouse-register/regelwerke": EVIDENCE,
    "/inhouse-register/simulation": EVIDENCE,
    "/pruefung/entscheidung": EVIDENCE,
    "/inhouse-register/{member_key}": EVIDENCE,
    "/inhouse-register/regeln": EVIDENCE,
    "/inhouse-register/regeln.csv": EVIDENCE,
    "/inhouse-register/kette": EVIDENCE,
    "/nachweise": EVIDENCE,
    "/nachweise/{number}": EVIDENCE,
    "/nachweise/{number}/datei": LEGAL | AUDIT,
    "/entscheidungen/{public_id}": READERS,
    "/entscheidungen/{public_id}/decision.json": READERS,
    "/pruefung": AUDIT,
    "/pruefung/ablehnungen": AUDIT,
    "/pruefung/abrufe/{number}": AUDIT,
    "/pruefung/abrufe/{number}/dokumente/{sha256}": AUDIT,
    "/pruefung/entscheidungen/{public_id}.json": AUDIT,
    "/pruefung/anker/{number}": AUDIT,
    "/pruefung/ankerdatei": AUDIT,
    "/pruefung/ankerschluessel": AUDIT,
    "/pruefung/kette": AUDIT,
    "/pruefung/protokoll": AUDIT,
    "/pruefung/ausgaben": AUDIT,
    "/pruefung/ausgaben/gobd.zip": AUDIT,
    "/pruefung/ausgaben/jahr/{file_id}": AUDIT,
    "/verwaltung/adressen": ADDRESSES,
    "/verwaltung/adressen/{address_id}": ADDRESSES,
    "/verwaltung/konten": ADDRESSES,
    "/verwaltung/konten/{account_id}": ADDRESSES,
    "/verwaltung/mitglieder": MEMBERS,
    "/verwaltung/mitglieder/{key}": MEMBERS,
    "/verwaltung/mitglieder/{key}/berichtigungen": MEMBERS | LEGAL,
    "/verwaltung/mitglieder/{key}/beschlussvorlage": MEMBERS,
    "/verwaltung/mitglieder/{key}/beschlussvorlage.docx": MEMBERS,
    "/verwaltung/mitglieder/{key}/beschlussvorlage.pdf": MEMBERS,
    "/verwaltung/mitglieder/{key}/vier-augen": MEMBERS,
    "/verwaltung/mitglieder/{key}/werdegang": MEMBERS,
    "/verwaltung/beitragsordnung": MEMBERS,
    "/mitgliederverzeichnis": EVIDENCE | MEMBERS,
    "/mitgliederverzeichnis.csv": EVIDENCE | MEMBERS,
    "/api/v1/members": AUDIT,
    "/verwaltung/freigaberegeln": PEOPLE & OF_MEMBERS,
    "/verwaltung/personen": PEOPLE,
    "/verwaltung/personen/neu": PEOPLE,
    "/verwaltung/personen/{person_id}": PEOPLE,
    "/konto/auskunft": EVERYBODY,
    "/konto/auskunft.zip": EVERYBODY,
    "/verwaltung/personen/{person_id}/auskunft.zip": PEOPLE,
    "/verwaltung/aufbewahrung": frozenset({Role.ADMIN}),
    "/verwaltung/aufbewahrung/dateien": frozenset({Role.ADMIN, Role.LEGAL, Role.AUDITOR}),
    "/verwaltung/aufbewahrung/dateien.csv": frozenset({Role.ADMIN, Role.LEGAL, Role.AUDITOR}),
    "/verwaltung/versand": frozenset({Role.ADMIN}),
    "/api/v1/budgets": READERS & OF_MEMBERS,
    "/api/v1/demands": READERS,
    "/api/v1/call-offs": READERS,
    "/api/v1/call-offs/{number}": READERS,
    "/api/v1/call-offs/{number}/attachments": READERS,
    "/api/v1/call-offs/{number}/attachments/{attachment_id}": READERS,
    "/api/v1/call-offs/{number}/changes": READERS,
    "/api/v1/call-offs/{number}/decision.json": READERS,
    "/api/v1/call-offs/{number}/deliveries": READERS,
    "/api/v1/call-offs/{number}/file.zip": READERS,
    "/api/v1/call-offs/{number}/file-xdomea.zip": READERS,
    "/api/v1/call-offs/{number}/memo.pdf": READERS,
    "/api/v1/call-offs/{number}/memo-public.pdf": READERS,
    "/api/v1/deliveries/{number}.pdf": READERS,
    "/api/v1/articles": CATALOG,
    "/api/v1/articles/{sku}": CATALOG,
    "/api/v1/kits": CATALOG,
    "/api/v1/kits/{number}": CATALOG,
    "/api/v1/supplies": CATALOG,
    "/api/v1/evidence": AUDIT,
    "/api/v1/eligibility": CATALOG,
    "/api/v1/frameworks": CATALOG,
    "/api/v1/frameworks/{number}": CATALOG,
    "/api/v1/frameworks/{number}/use": CATALOG,
    "/api/v1/frameworks/{number}/returns": STOCK,
    "/api/v1/frameworks/{number}/returns/{sheet_id}": STOCK,
    "/api/v1/market-checks": READERS,
    "/api/v1/market-checks/proofs/{price_id}": READERS,
    "/api/v1/notices": EVERYBODY,
    "/api/v1/templates": BUYERS,
    "/api/v1/templates/{template_id}": BUYERS,
    "/api/v1/invoices": INVOICES,
    "/api/v1/invoices/{number}": INVOICES,
    "/api/v1/invoices/{number}.pdf": INVOICES,
    "/api/v1/invoices/{number}.ubl.xml": INVOICES,
    "/api/v1/invoices/{number}.cii.xml": INVOICES,
    "/api/v1/reports/savings": REPORTS,
    "/api/v1/reports/savings.csv": REPORTS,
    "/api/v1/reports/savings.pdf": REPORTS,
    "/api/v1/reports/savings.xlsx": REPORTS,
}

# Parts of pages, with the query for which a page asks for them.
FRAGMENTS: Final[dict[str, dict[str, str]]] = {
    "/marktpreis": {"sku": NOTEBOOK, "menge": "2"},
    "/artikelsumme": {"sku": NOTEBOOK, "quantity": "2"},
    "/katalog/vorschlaege": {"q": "note"},
    "/schnellbestellung/vorschlaege": {"q": "note"},
    "/toner-finden/vorschlaege": {"q": "laser"},
}

ADDRESS: Final = {"label": "A", "street": "B 1", "postal_code": "06844", "city": "C"}
REASON: Final = {"reason": "Probe", "version": "1"}
CHANGE: Final = {"lines": [{"sku": NOTEBOOK, "quantity": 1}], "reason": "Probe"}
LINE: Final = {"sku": MONITOR, "quantity": 1}
DEPUTY: Final = {
    "deputy_person_id": "1",
    "valid_from": "2026-12-01",
    "valid_to": "2026-12-02",
}
NEED: Final = {
    "what": "Etikettendrucker",
    "quantity": 2,
    "needed_by": "2026-12-31",
    "reason": "Probe",
    "bought_by": "direct_purchase",
}
PAPER: Final = {"file_name": "angebot.pdf", "content": b64encode(LETTER).decode()}
FREE: Final = {
    "framework": "RV-0",
    "lot": 1,
    "name": "Probe",
    "quantity": 1,
    "unit_price_net": "1.00",
    "reason": "Probe",
    "quote_number": "1",
    "quote_date": "2026-11-20",
    "quote_valid_until": "2026-12-31",
    "quote": PAPER,
}
RETURN: Final = {"file_name": "10.csv", "content": b64encode(b"Abrufnummer;Netto\n").decode()}
SEEN: Final = {"name": "Angebot", "seen_on": "2026-11-20", "unit_price_net": "999.00"}
ORDER: Final = {"lines": [LINE], "purpose": "Probe", "product_account": ACCOUNT}

WRITING: Final[dict[str, tuple[Roles, Any]]] = {
    "/konto/passwort": (EVERYBODY, {}),
    "/konto/mitteilungen": (EVERYBODY, {}),
    "/verwaltung/personen/einlesen": (PEOPLE, {}),
    "/verwaltung/versand/erneut": (frozenset({Role.ADMIN}), {}),
    "/verwaltung/personen/einlesen/anlegen": (PEOPLE, {}),
    "/verwaltung/personen/{person_id}/einladen": (PEOPLE, {}),
    "/mitteilungen/gelesen": (EVERYBODY, {}),
    "/mitteilungen/{notice_id}/gelesen": (EVERYBODY, {}),
    "/mitteilungen/{notice_id}/oeffnen": (EVERYBODY, {}),
    "/konto/token": (EVERYBODY, {}),
    "/konto/token/{token_id}/widerrufen": (EVERYBODY, {}),
    "/konto/sitzungen/{session_id}/beenden": (EVERYBODY, {}),
    "/konto/sitzungen/beenden": (EVERYBODY, {}),
    "/katalogpflege": (KEEPERS, {}),
    "/katalogpflege/{version_id}/veroeffentlichen": (KEEPERS, {}),
    "/katalogpflege/{version_id}/verwerfen": (KEEPERS, {}),
    "/katalogpflege/{version_id}/auslassen": (KEEPERS, {}),
    "/katalogpflege/{version_id}/freigeben": (KEEPERS, {"reason": "vom Lieferanten bestätigt"}),
    "/katalogpflege/{version_id}/wiederherstellen": (KEEPERS, {}),
    "/katalogpflege/dateien/{import_id}/spalten": (KEEPERS, {}),
    "/katalogpflege/dateien/{import_id}/wiederholen": (KEEPERS, {}),
    "/katalogpflege/pruefgrenzen/{number}": (KEEPERS, {"rise": "20", "fall": "40"}),
    "/bestand": (STOCK, {}),
    "/auftragnehmerpreise": (KEEPERS, {}),
    "/auftragnehmerpreise/{list_id}/veroeffentlichen": (KEEPERS, {}),
    "/auftragnehmerpreise/{list_id}/zuruecknehmen": (KEEPERS, {}),
    "/rahmenvertraege/{number}/bearbeiten": (CONTRACTS, {}),
    "/cockpit/{number}/berichtigung": (CONTRACTS, {}),
    "/cockpit/{number}/artikelgrenze": (CONTRACTS, {}),
    "/cockpit/{number}/meldung": (STOCK, {}),
    "/cockpit/{number}/kontingent": (CONTRACTS, {}),
    "/cockpit/{number}/ueberwachung": (CONTRACTS, {}),
    "/rahmenvertraege/neu": (CONTRACTS, {}),
    "/ausfall/formulare": (BUYERS, {"anzahl": "2"}),
    "/ausfall/erfassen": (BUYERS, {}),
    "/abwicklung/{number}/auftragnehmer": (DESK, {"event": "declined", **REASON}),
    "/rahmenvertraege/{number}/hoechstwert": (CONTRACTS, {}),
    "/rahmenvertraege/{number}/preisregel": (CONTRACTS, {}),
    "/rahmenvertraege/{number}/option": (CONTRACTS, {}),
    "/rahmenvertraege/{number}/verlaengerung/{option}": (CONTRACTS, {}),
    "/rahmenvertraege/{number}/abrufberechtigte": (CONTRACTS, {}),
    "/rahmenvertraege/{number}/auftragnehmer": (CONTRACTS, {}),
    "/rahmenvertraege/{number}/auftragnehmerwechsel": (CONTRACTS, {}),
    "/rahmenvertraege/{number}/los": (CONTRACTS, {}),
    "/rahmenvertraege/{number}/dokument": (CONTRACTS, {}),
    "/rahmenvertraege/{number}/nachfolger": (CONTRACTS, {}),
    "/rahmenvertraege/{number}/meldungen": (CONTRACTS, {}),
    "/rahmenvertraege/{number}/index": (CONTRACTS, {}),
    "/artikelpflege/umweltzeichen": (KEEPERS, {"sku": NOTEBOOK}),
    "/artikelpflege/umweltzeichen/{label_id}/zuruecknehmen": (KEEPERS, {"sku": NOTEBOOK}),
    "/artikelpflege/dateien": (KEEPERS, {"sku": NOTEBOOK}),
    "/artikelpflege/dateien/{media_id}/entfernen": (KEEPERS, {"sku": NOTEBOOK}),
    "/warenkorb": (BUYERS, {"sku": NOTEBOOK, "quantity": "1"}),
    "/vergleich/merken": (BUYERS, {"v": [NOTEBOOK, MONITOR]}),
    "/vergleich/{comparison_id}/entfernen": (BUYERS, {}),
    "/warenkorb/menge": (BUYERS, {f"quantity-{NOTEBOOK}": "1"}),
    "/warenkorb/paket": (BUYERS, {"paket": "PAKET-001", "anzahl": "1"}),
    "/warenkorb/paket/entfernen": (BUYERS, {"paket": "PAKET-001"}),
    "/schnellbestellung": (BUYERS, {"nummer-1": NOTEBOOK, "menge-1": "2", "nach": "korb"}),
    "/schnellbestellung/datei": (BUYERS, {}),
    "/freie-position": (BUYERS, {}),
    "/api/v1/free-positions": (BUYERS, FREE),
    "/marktpreis/pruefung": (
        BUYERS,
        {
            "sku": NOTEBOOK,
            "menge": "2",
            "quelle-0": "Versandhaus",
            "preis-0": "999,00",
            "datum-0": "2026-11-20",
        },
    ),
    "/pruefung/ausgaben/jahr": (AUDIT, {"jahr": "2026", "mitglied": "15001000"}),
    "/warenkorb/parken": (BUYERS, {"name": "Probe"}),
    "/warenkorb/geparkt/{basket_id}/aufnehmen": (BUYERS, {}),
    "/warenkorb/geparkt/{basket_id}/uebergeben": (BUYERS, {"an": "alle"}),
    "/warenkorb/geparkt/{basket_id}/loeschen": (BUYERS, {}),
    "/vorlagen": (BUYERS, {"vorlagenname": "Probe", "zeilen": NOTEBOOK}),
    "/vorlagen/{template_id}": (BUYERS, {}),
    "/vorlagen/{template_id}/korb": (BUYERS, {"anzahl": "1"}),
    "/vorlagen/{template_id}/kopieren": (BUYERS, {}),
    "/vorlagen/{template_id}/loeschen": (BUYERS, {}),
    "/warenkorb/nachfolger": (BUYERS, {"nachfolger": NOTEBOOK}),
    "/bedarf": (BUYERS, {name: str(value) for name, value in NEED.items()}),
    "/bedarf/{need_id}": (BUYERS, {name: str(value) for name, value in NEED.items()}),
    "/bedarf/{need_id}/zurueckziehen": (BUYERS, {}),
    "/bedarfe/entscheidung": (DEMAND, {"worte": "probe", "move": "reopen"}),
    "/bedarfsrunden": (DEMAND, {}),
    "/bedarfsrunden/{round_id}/meldung": (BUYERS, {"requested": "1"}),
    "/bedarfsrunden/{round_id}/mengen": (DEMAND, {}),
    "/bedarfsrunden/{round_id}/schritt": (DEMAND, {"move": "review"}),
    "/bedarfsrunden/{round_id}/rahmenvertrag": (DEMAND, {}),
    "/pakete": (KEEPERS, {}),
    "/pakete/{number}": (KEEPERS, {}),
    "/pakete/{number}/sichtbarkeit": (KEEPERS, {"sichtbar": "1"}),
    "/optionsregeln": (KEEPERS, {}),
    "/optionsregeln/{rule_id}/entfernen": (KEEPERS, {}),
    "/nachfolger": (KEEPERS, {}),
    "/nachfolger/{successor_id}/freigeben": (KEEPERS, {}),
    "/nachfolger/{successor_id}/zurueckziehen": (KEEPERS, {"reason": "Probe"}),
    "/bestellen": (BUYERS, {}),
    "/bestellen/pruefung": (BUYERS, {}),
    "/bestellen/anhang": (BUYERS, {}),
    "/budgets": (BUDGETS, {}),
    "/budgets/import": (BUDGETS, {}),
    "/budgets/{budget_id}": (BUDGETS, {}),
    "/mittelbindungen": (BUDGETS, {"profil": "sap"}),
    "/genehmigungen/zusammen": (APPROVERS, {}),
    "/abrufe/{number}/ablehnen": (APPROVERS, REASON),
    "/abrufe/{number}/genehmigen": (APPROVERS, REASON),
    "/abrufe/{number}/abschliessen": (ACTORS, REASON),
    "/abrufe/{number}/aendern": (BUYERS, {"menge-1": "1", "grund": "Probe"}),
    "/abrufe/{number}/aenderungen/{position}": (MOVERS, {"schritt": "withdraw"}),
    "/abrufe/{number}/anhang": (ACTORS, {}),
    "/abrufe/{number}/einreichen": (ACTORS, REASON),
    "/abrufe/{number}/empfang": (BUYERS, {}),
    "/abrufe/{number}/stornieren": (ACTORS, REASON),
    "/lieferkalender/link": (READERS, {}),
    "/lieferkalender/link/widerrufen": (READERS, {}),
    "/abrufe/{number}/zeit": (BUYERS, {"minuten": "5"}),
    "/abrufe/{number}/neu-pruefen": (LEGAL | DESK, {}),
    "/abrufe/{number}/nachricht": (ACTORS, {"text": "Probe"}),
    "/abwicklung/bestaetigen": (DESK, {}),
    "/abwicklung/{number}/aenderungen/{position}": (DESK, {"antwort-1": "accepted"}),
    "/abwicklung/{number}/aenderungen/{position}/zuruecknehmen": (DESK, {}),
    "/abwicklung/{number}/vorschlagen": (DESK, {"menge-1": "1", "grund": "Probe"}),
    "/abwicklung/{number}/bestaetigen": (DESK, REASON),
    "/abwicklung/{number}/lieferungen": (DESK, {}),
    "/abwicklung/{number}/nachrichten": (DESK, {"text": "Probe"}),
    "/abwicklung/{number}/rechnung": (DESK, {}),
    "/abwicklung/{number}/seriennummern/{serial_id}": (DESK, REASON | {"serial": "X1"}),
    "/abwicklung/{number}/stornieren": (DESK, REASON),
    "/lieferantenbestellungen": (DESK, {}),
    "/rechnungen/{number}/stornieren": (DESK, REASON),
    "/auswertung/angaben/aufwand": (frozenset({Role.MEMBER_ADMIN}), {}),
    "/auswertung/angaben/stundensatz": (frozenset({Role.MEMBER_ADMIN}), {}),
    "/auswertung/marktpreise": (BUYERS, {}),
    "/inhouse-register/genossenschaft": (LEGAL, {}),
    "/nachweise": (LEGAL, {}),
    "/nachweise/{number}/freigabe": (LEGAL, {"entscheidung": "ja"}),
    "/nachweise/angaben/{fact_id}/ausnahme": (LEGAL, {}),
    "/nachweise/ausnahmen/{request_id}": (CONFIRMERS, {"entscheidung": "ja"}),
    "/pruefung/kette": (AUDIT, {}),
    "/pruefung/entscheidung": (EVIDENCE, {}),
    "/inhouse-register/regelwerke": (LEGAL, {}),
    "/inhouse-register/regelwerke/{proposal_id}": (LEGAL, {"urteil": "freigeben"}),
    "/verwaltung/adressen": (ADDRESSES, {}),
    "/verwaltung/adressen/{address_id}": (ADDRESSES, ADDRESS),
    "/verwaltung/adressen/{address_id}/entfernen": (ADDRESSES, {}),
    "/verwaltung/adressen/{address_id}/standard": (ADDRESSES, {}),
    "/verwaltung/konten": (ADDRESSES, {}),
    "/verwaltung/kassenschluss": (ADDRESSES, {"day": ""}),
    "/verwaltung/konten/{account_id}": (ADDRESSES, {"name": "A"}),
    "/verwaltung/konten/{account_id}/archivieren": (ADDRESSES, {}),
    "/verwaltung/konten/{account_id}/wiederherstellen": (ADDRESSES, {}),
    "/verwaltung/mitglieder/einlesen": (MEMBERS, {}),
    "/verwaltung/mitglieder/{key}": (MEMBERS, {}),
    "/verwaltung/mitglieder/{key}/einheiten": (MEMBERS, {}),
    "/verwaltung/mitglieder/{key}/mitgliedschaft": (MEMBERS, {}),
    "/verwaltung/mitglieder/{key}/berichtigungen": (MEMBERS, {}),
    "/verwaltung/mitglieder/{key}/berichtigungen/{correction_id}": (MEMBERS | LEGAL, {}),
    "/verwaltung/beitragsordnung/beitrag": (MEMBERS, {}),
    "/verwaltung/beitragsordnung/satzung": (MEMBERS, {}),
    "/verwaltung/mitglieder/{key}/vier-augen": (MEMBERS, {}),
    "/verwaltung/mitglieder/{key}/werdegang": (MEMBERS, {}),
    "/verwaltung/freigaberegeln": (PEOPLE & OF_MEMBERS, {}),
    "/verwaltung/freigaberegeln/einstellungen": (PEOPLE & OF_MEMBERS, {}),
    "/verwaltung/freigaberegeln/{approval_rule}/hoch": (PEOPLE & OF_MEMBERS, {}),
    "/verwaltung/freigaberegeln/{approval_rule}/runter": (PEOPLE & OF_MEMBERS, {}),
    "/verwaltung/freigaberegeln/{approval_rule}/beenden": (PEOPLE & OF_MEMBERS, {}),
    "/verwaltung/personen": (PEOPLE, {}),
    "/verwaltung/personen/{person_id}/freischalten": (PEOPLE, {}),
    "/verwaltung/personen/{person_id}/rollen": (PEOPLE, {"roles": "council"}),
    "/verwaltung/personen/{person_id}/sperren": (PEOPLE, {}),
    "/verwaltung/personen/{person_id}/vertretung": (PEOPLE, DEPUTY),
    "/verwaltung/vertretungen/{deputy_id}/beenden": (PEOPLE, {}),
    "/verwaltung/aufbewahrung/dateien": (frozenset({Role.ADMIN, Role.LEGAL}), {}),
    "/verwaltung/aufbewahrung/dateien/{proposal_id}": (frozenset({Role.ADMIN, Role.LEGAL}), {}),
    "/verwaltung/aufbewahrung/fristen": (frozenset({Role.ADMIN}), {}),
    "/verwaltung/aufbewahrung/lauf": (frozenset({Role.ADMIN}), {}),
    "/verwaltung/aufbewahrung/sperren": (frozenset({Role.ADMIN}), {}),
    "/verwaltung/aufbewahrung/sperren/{hold_id}/aufheben": (frozenset({Role.ADMIN}), {}),
    "/verwaltung/versand/{message_id}/erneut": (frozenset({Role.ADMIN}), {}),
    "/api/v1/call-offs": (BUYERS, ORDER),
    "/api/v1/demands": (BUYERS, NEED),
    "/api/v1/stock": (STOCK, {"framework": "RV-0", "figures": [{"sku": "X-1", "quantity": 1}]}),
    "/api/v1/call-offs/{number}/attachments": (ACTORS, PAPER),
    "/api/v1/call-offs/{number}/changes": (BUYERS, CHANGE),
    "/api/v1/call-offs/{number}/change-proposals": (DESK, CHANGE),
    "/api/v1/call-offs/{number}/changes/{position}/moves": (MOVERS, {"move": "withdraw"}),
    "/api/v1/call-offs/{number}/moves": (MOVERS, {"move": "cancel", "reason": "Probe"}),
    "/api/v1/call-offs/{number}/deliveries": (DESK, {"lines": [LINE]}),
    "/api/v1/call-offs/{number}/invoices": (DESK, None),
    "/api/v1/call-offs/{number}/receipts": (BUYERS, {}),
    "/api/v1/invoices/{number}/cancellation": (DESK, {"reason": "Probe"}),
    "/api/v1/frameworks/{number}/returns": (STOCK, {"month": "2026-10", "file": RETURN}),
    "/api/v1/market-checks": (BUYERS, {"sku": NOTEBOOK, "quantity": 1, "sources": [SEEN]}),
    "/api/v1/notices/read": (EVERYBODY, {"up_to": 1}),
    "/api/v1/notices/{notice_id}/read": (EVERYBODY, None),
    "/api/v1/quick-orders": (BUYERS, {"rows": [{"number": NOTEBOOK}]}),
    "/api/v1/quick-orders/check": (BUYERS, {"rows": [{"number": NOTEBOOK}]}),
    "/api/v1/templates/{template_id}/basket": (BUYERS, {"workplaces": 2}),
}


def recipes() -> dict[Route, tuple[Roles, Any]]:
    """Every route that is not public, with the roles it opens to and its input."""
    reading = {Route("GET", path): (roles, FRAGMENTS.get(path)) for path, roles in READING.items()}
    return reading | {Route("POST", path): recipe for path, recipe in WRITING.items()}
