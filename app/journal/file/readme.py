"""What stands in the README of a file: for people who open it years later."""

from typing import Final

from app.journal.file.queries import CallOffFile
from app.kernel.german import euro, moment
from app.ordering.rules import STATE_WORDS

XML: Final = {
    ".ubl.xml": "die Rechnung selbst (XRechnung in der Schreibweise UBL)",
    ".cii.xml": "dieselbe Rechnung in der Schreibweise CII",
}
ERASED: Final = ".geloescht.txt"
WHAT: Final = (
    ("Abrufvermerk-", "der freiwillige Vermerk (PDF/A-3; Angaben und Entscheidung liegen darin)"),
    ("Abrufvermerk-oeffentlich", "dasselbe ohne Personen, fremde Preise, vertrauliche Nachweise"),
    ("Abrufvermerk-fortgeschrieben", "mit Lieferung, Rechnung, Änderungen und Zeit bis zuletzt"),
    ("Inhouse-Entscheidung-", "Prüfung nach § 108 GWB mit allen Tatsachen, nachrechenbar"),
    ("Nachweise.csv", "die Dokumente der Prüfung mit Datum, Gültigkeit und Prüfsumme"),
    ("Marktpreise", "was anderswo gesehen wurde, mit Quelle, Datum und Beleg"),
    ("Bestellung.json", "die Bestellung für Programme"),
    ("Positionen.csv", "bestellte Artikel, Mengen, Preise"),
    ("Genehmigungen.csv", "wer wann entschieden hat"),
    ("Verlauf.csv", "jeder Schritt mit Zeit und Grund"),
    ("Anhang-", "Dateien zur Bestellung, darunter die Angebote freier Positionen"),
    ("Lieferschein-", "was geliefert wurde"),
    ("Lieferungen.csv", "Lieferungen, Seriennummern und Wareneingang"),
    ("Rechnung-", "Ansicht der Rechnung; maßgeblich ist das XML daneben (XRechnung)"),
    ("Stornorechnung-", "Storno einer Rechnung"),
    ("Aenderungen.csv", "Änderungen nach der Beauftragung mit Antworten"),
    ("Nachrichten.csv", "Schriftwechsel zum Abruf"),
    ("Protokoll.csv", "Auszug der Prüfkette: jede Zeile enthält die Prüfsumme der vorigen"),
    (ERASED, "an ihrer Stelle: wann und nach welcher Frist die Datei gelöscht wurde, Prüfsumme"),
    ("DMS-Metadaten.csv", "eine Zeile je Datei zum Einlesen in ein Dokumentenmanagement"),
)
HEAD_RULE: Final = "-" * 72


def readme(found: CallOffFile, names: list[str]) -> str:
    """Plain German, lines end as Windows wants them."""
    call_off = found.call_off
    lines = [
        f"Akte zum Abruf {call_off.number}",
        HEAD_RULE,
        f"Mitglied:       {found.member.name}",
        f"Rahmenvertrag:  {found.framework.number} {found.framework.title}",
        f"Zweck:          {call_off.purpose}",
        f"Wert:           {euro(call_off.net)} netto, {euro(call_off.gross)} brutto",
        f"Eingereicht:    {moment(call_off.submitted_at)}",
        f"Stand:          {STATE_WORDS[call_off.state]}",
        "",
        "Was in der Akte liegt",
        HEAD_RULE,
        *(line for name in names for line in (name, f"    {_what(name)}")),
        "SHA256SUMS.txt",
        "    die Prüfsummen aller Dateien darüber, wie sha256sum sie liest",
        "manifest.json",
        "    Verzeichnis aller Dateien mit Größe und Prüfsumme (SHA-256)",
        "",
        "So prüfen Sie die Akte",
        HEAD_RULE,
        "1. Alles auf einmal, ohne Datenbank und ohne Netz:",
        f"       kitu file verify Akte-{call_off.number}.zip",
        "   Geprüft werden jede Prüfsumme, der Vermerk und jede Inhouse-Entscheidung.",
        "2. Ohne dieses Programm, im Ordner mit den ausgepackten Dateien:",
        "       Linux:   sha256sum -c SHA256SUMS.txt",
        "       macOS:   shasum -a 256 -c SHA256SUMS.txt",
        "       Windows: certutil -hashfile DATEI SHA256, je Datei mit der Liste vergleichen",
        "3. Eine Entscheidung nachrechnen: kitu decision verify DATEI",
        "   oder im Portal unter Prüfung die Datei hochladen.",
        "",
        "Einlesen in ein Dokumentenmanagement",
        HEAD_RULE,
        "DMS-Metadaten.csv: Semikolon, UTF-8, erste Zeile Spaltennamen. Die Objektarten sind die",
        "von XDOMEA: eine Zeile Vorgang (Aktenzeichen, Betreff, Stand, Beginn), danach je Dokument",
        "eine Zeile (Titel, Typ, Datum, Datei, SHA-256). Aufbewahrung ist ein Vorschlag.",
        "Wer xdomea einliest, holt im Portal die Akte für das Dokumentenmanagement (xdomea).",
        "",
        "Hinweise",
        HEAD_RULE,
        "Der Abrufvermerk wird freiwillig geführt; er ist kein Vergabevermerk.",
        "Personen stehen mit ihrer Funktion, nicht mit Namen.",
        "Beträge in Euro, in CSV mit Komma, sonst mit Punkt; Zeiten der CSV-Dateien in UTC.",
    ]
    if call_off.demonstration:
        lines += ["", "Demonstrationsdaten: kein Beleg des Rechtsverkehrs."]
    return "\r\n".join(lines) + "\r\n"


def _what(name: str) -> str:
    """The longest beginning that fits explains the file."""
    ending = next((one for one in XML if name.endswith(one)), "")
    if ending:
        return XML[ending]
    if name.endswith(ERASED):
        name = ERASED
    if name.startswith("Abrufvermerk-") and name.endswith(".json"):
        return "die Angaben des Vermerks für Programme"
    fitting = [pair for pair in WHAT if name.startswith(pair[0])]
    return max(fitting, key=lambda pair: len(pair[0]))[1] if fitting else "Anlage"
