"""How the report is calculated, in plain words: the last page for everybody who doubts it."""

from app.savings.rules import FEWEST_PEOPLE, SMALLEST_GROUP
from app.savings.wording import Basis


def method(basis: Basis, *, left_out: bool) -> tuple[str, ...]:
    """One paragraph each; `left_out`: a month below the smallest group is in no sum."""
    told = [
        (
            "Ein Vorgang ist ein Bedarf: Abrufe derselben Einheit aus demselben Rahmenvertrag "
            "innerhalb von 24 Stunden zählen zusammen. Gezählt wird erst, wenn geliefert, "
            "abgerechnet und geprüft ist."
        ),
        (
            "Ersparnis = Vergleichswert beim Abruf − aktive Zeit im Portal − angegebene Zeit "
            f"außerhalb. Der Vergleichswert ist zurzeit {basis.baseline_minutes} Minuten "
            f"({basis.baseline_source}); eine Änderung gilt nur für neue Abrufe."
        ),
        (
            "Aktive Zeit: Pausen zwischen zwei eigenen Seitenaufrufen zählen höchstens "
            "60 Sekunden. Fehlt die Angabe zur Zeit außerhalb, gilt sie als unbekannt, nicht als 0."
        ),
        (
            "Stornierte, abgelehnte und nicht gemessene Vorgänge gelten nie als gespart; die für "
            "Stornos und Ablehnungen aufgewendete Zeit wird abgezogen."
        ),
        (
            "Median, Quartile und 90-%-Wert sind linear zwischen den Rängen bestimmt. Die "
            "Hochrechnung ist Median × abgeschlossene Vorgänge mit 95-%-Bereich aus 2.000 "
            "Ziehungen."
        ),
        (
            "Preisvorteil: nur Positionen mit datiertem Marktpreis (± 30 Tage, gleiche Ausführung, "
            "netto). Listenpreise zählen nicht. Negative Werte stehen gleich groß."
        ),
        (
            f"Zeiten werden nur je Mitglied gezeigt, nie je Person, und erst ab {SMALLEST_GROUP} "
            f"Vorgängen und {FEWEST_PEOPLE} handelnden Personen."
        ),
    ]
    if left_out:
        told.append(
            "Ein Monat liegt unter dieser Mindestzahl. Damit er nicht zurückgerechnet werden "
            "kann, fehlt er auch in den Stunden der zwölf Monate."
        )
    return tuple(told)
