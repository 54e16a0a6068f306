"""What entries of the audit chains are called in German; a code without words stays as it is."""

from collections.abc import Mapping
from typing import Final

ACTIONS: Final[Mapping[str, str]] = {
    "approval_rule.added": "Freigaberegel angelegt",
    "approval_rule.ended": "Freigaberegel beendet",
    "approval_rule.moved": "Freigaberegel verschoben",
    "approval_settings.changed": "Einstellungen der Freigabe geändert",
    "article.label_added": "Umweltzeichen eingetragen",
    "article.label_withdrawn": "Umweltzeichen zurückgenommen",
    "article.media_added": "Bild oder Dokument hinzugefügt",
    "article.media_removed": "Bild oder Dokument entfernt",
    "budget.changed": "Budget geändert",
    "budget.opened": "Budget angelegt",
    "call_off.approval_escalated": "Genehmigung weitergegeben",
    "call_off.approve": "Abruf genehmigt",
    "call_off.block": "Abruf angehalten: Nachweis fehlt",
    "call_off.cancel": "Abruf storniert",
    "call_off.change": "Abruf geändert",
    "call_off.change.accept": "Änderung zugesagt",
    "call_off.change.agree": "Änderung angenommen",
    "call_off.change.apply": "Änderung durchgeführt",
    "call_off.change.ask": "Änderung gewünscht",
    "call_off.change.decline": "Änderung nicht angenommen",
    "call_off.change.lapse": "Änderung gegenstandslos geworden",
    "call_off.change.offer": "Andere Änderung angeboten",
    "call_off.change.propose": "Änderung vorgeschlagen",
    "call_off.change.refuse": "Änderung nicht genehmigt",
    "call_off.change.reject": "Änderung abgelehnt",
    "call_off.change.sign": "Änderung mitgezeichnet",
    "call_off.change.withdraw": "Änderungswunsch zurückgezogen",
    "call_off.complete": "Abruf abgeschlossen",
    "call_off.confirm": "Abruf bestätigt",
    "call_off.deliver_all": "Vollständig geliefert",
    "call_off.deliver_part": "Teilweise geliefert",
    "call_off.invoice": "Abruf abgerechnet",
    "call_off.lapse": "Vormerkung verfallen",
    "call_off.place": "Abruf beauftragt",
    "call_off.rechecked": "Abruf neu geprüft",
    "call_off.refused": "Abruf nicht angenommen",
    "call_off.reject": "Abruf abgelehnt",
    "call_off.reopen_invoice": "Abrechnung wieder geöffnet",
    "call_off.step_approved": "Stufe der Freigabe genehmigt",
    "call_off.submit": "Abruf eingereicht",
    "call_off.submitted": "Abruf eingereicht",
    "call_off.supplier_passed": "Abruf an den nächsten Auftragnehmer gegeben",
    "catalog_imported": "Katalogdatei eingelesen",
    "catalog_published": "Katalog veröffentlicht",
    "commitment_columns.chosen": "Spalten der Mittelbindungen gewählt",
    "demand_round.answered": "Bedarfsmenge gemeldet",
    "demand_round.approved": "Bedarfsmengen freigegeben",
    "demand_round.framework_named": "Rahmenvertrag zur Bedarfsrunde genannt",
    "demand_round.opened": "Bedarfsrunde eröffnet",
    "demand_round.reviewing": "Meldung zur Bedarfsrunde beendet",
    "deputy_named": "Vertretung benannt",
    "deputy_removed": "Vertretung beendet",
    "erasure_proposed": "Löschung von Dateien vorgeschlagen",
    "erasure_refused": "Löschung von Dateien abgelehnt",
    "erasure_released": "Löschung von Dateien freigegeben",
    "evidence_added": "Nachweis eingetragen",
    "evidence_approved": "Nachweis freigegeben",
    "evidence_read": "Vertraulicher Nachweis gelesen",
    "evidence_refused": "Nachweis nicht freigegeben",
    "fee_kept": "Beitrag festgelegt",
    "files_erased": "Dateien nach Fristablauf gelöscht",
    "file.asked": "Akten eines Jahres angefordert",
    "framework.changed": "Rahmenvertrag geändert",
    "framework.return": "Umsatz des Auftragnehmers gemeldet",
    "goods.received": "Wareneingang bestätigt",
    "hourly_rate_entered": "Stundensatz eingetragen",
    "index.recorded": "Indexwert eingetragen",
    "invoice.cancelled": "Rechnung storniert",
    "invoice.issued": "Rechnung ausgestellt",
    "kit.saved": "Paket gespeichert",
    "law.proposed": "Regelwerk vorgeschlagen",
    "market.checked": "Marktpreis geprüft",
    "member_changed": "Angaben des Mitglieds geändert",
    "members_imported": "Mitglieder eingelesen",
    "membership_recorded": "Mitgliedschaft erfasst",
    "membership_step": "Schritt der Mitgliedschaft erfasst",
    "need.changed": "Bedarf geändert",
    "need.reported": "Bedarf gemeldet",
    "need.withdrawn": "Bedarf zurückgezogen",
    "option_rule.removed": "Optionsregel entfernt",
    "option_rule.set": "Optionsregel angelegt",
    "outage_forms.issued": "Ausfallformulare ausgegeben",
    "outbox.all_retried": "Alle gescheiterten Nachrichten erneut gesendet",
    "outbox.retried": "Nachricht erneut gesendet",
    "overhead_entered": "Pflegeaufwand eingetragen",
    "override_asked": "Ausnahme beantragt",
    "override_confirmed": "Ausnahme genehmigt",
    "override_refused": "Ausnahme abgelehnt",
    "price_corridor_set": "Prüfgrenzen für Preise festgelegt",
    "records_erased": "Daten nach Fristablauf gelöscht",
    "retention_changed": "Aufbewahrungsfrist geändert",
    "roles_assigned": "Rollen vergeben",
    "self_approval_changed": "Vier-Augen-Prinzip geändert",
    "serial.corrected": "Seriennummer berichtigt",
    "successor.declared": "Nachfolger eingetragen",
    "successor.released": "Nachfolger freigegeben",
    "successor.withdrawn": "Nachfolger zurückgezogen",
    "supplier_order.made": "Lieferantenbestellung geschrieben",
    "terms_kept": "Satzung festgelegt",
    "turnover_recorded": "Umsatz eines Geschäftsjahres eingetragen",
    "unit_added": "Einheit hinzugefügt",
    "user_created": "Person angelegt",
}
ACTORS: Final[Mapping[str, str]] = {"system": "Portal", "demonstration": "Vorführdaten"}
COOPERATIVE: Final = "Genossenschaft"
MEMBER: Final = "member:"
DECISIONS: Final = "decisions:"
PERSON: Final = "person:"


def action_word(action: str) -> str:
    return ACTIONS.get(action, action)


def actions_called(text: str) -> tuple[str, ...]:
    """The codes whose German words contain `text`, whatever its case."""
    wanted = text.casefold()
    return tuple(action for action, word in ACTIONS.items() if wanted in word.casefold())


def stream_word(name: str) -> str:
    """`Mitglied 15001000` for the chain `member:15001000`."""
    if name == "cooperative":
        return COOPERATIVE
    for beginning, word in ((MEMBER, "Mitglied"), (DECISIONS, "Entscheidungen zu")):
        if name.startswith(beginning):
            return f"{word} {name.removeprefix(beginning)}"
    return name


def actor_word(actor: str) -> str:
    """`Person 7` for `person:7`: chains know no names."""
    if actor.startswith(PERSON):
        return f"Person {actor.removeprefix(PERSON)}"
    return ACTORS.get(actor, actor)
