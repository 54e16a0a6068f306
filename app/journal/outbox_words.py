"""What the background work and its faults are called on the page."""

from typing import Final

from app.outbox.records import Kind, OutboxMessage
from app.outbox.rules import Fault

MAIL: Final = "E-Mail"
JOBS: Final = {
    "announce": "Mitteilungen verteilen",
    "ask_approvers": "Genehmigung erbitten",
    "catalog_import": "Katalogdatei einlesen",
    "catalog_publication": "Katalog veröffentlichen",
    "erase_expired": "Fällige Daten löschen",
    "escalate_approvals": "Genehmigungen weitergeben",
    "lapse_change": "Änderungswunsch verfällt",
    "lapse_reservation": "Reservierung verfällt",
    "lapse_reservations": "Reservierungen prüfen",
    "notice_digest": "Tägliche E-Mail schreiben",
    "refresh_search": "Suche auffrischen",
    "seal_trail": "Tagesanker schreiben",
    "watch_ceilings": "Höchstwerte prüfen",
    "watch_demand": "Bedarfsrunden prüfen",
    "watch_evidence": "Nachweise prüfen",
    "watch_returns": "Umsatzmeldungen prüfen",
    "year_file": "Akte eines Jahres schreiben",
}
FAULTS: Final = {
    Fault.SERVER_AWAY: "Der Mailserver ist nicht erreichbar oder nimmt nichts an.",
    Fault.PUT_OFF: "Der Mailserver hat um Geduld gebeten.",
    Fault.DATABASE_AWAY: "Die Datenbank war nicht erreichbar oder ihr Speicher voll.",
    Fault.REFUSED: "Der Mailserver hat diese Nachricht abgelehnt. Stimmt die Adresse?",
}


def kind_words(message: OutboxMessage) -> str:
    return MAIL if message.kind is Kind.MAIL else JOBS.get(message.name, message.name)


def fault_words(message: OutboxMessage) -> str:
    """Other errors keep the name that stands in the log, too."""
    said = message.last_error or ""
    return FAULTS[Fault(said)] if said in set(Fault) else said
