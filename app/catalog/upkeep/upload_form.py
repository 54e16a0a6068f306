"""What is wrong with the form that sends a catalog file, before the file is kept."""

from collections.abc import Mapping
from typing import Final

from sqlalchemy.orm import Session

from app.frameworks.queries import all_frameworks
from app.kernel.german import whole_number

NO_FILE: Final = "Bitte wählen Sie eine Katalogdatei aus."
NO_FRAMEWORK: Final = "Bitte wählen Sie den Rahmenvertrag, zu dem die Datei gehört."
NO_LOT: Final = "Bitte geben Sie nur die Nummer des Loses an, zum Beispiel 2."
EMPTY: Final = "Die Datei ist leer. Bitte erneut exportieren."


def form_faults(
    session: Session, sent: Mapping[str, str], file_name: str, size: int
) -> dict[str, str]:
    """Sentence by field, in the order of the form; '' and 0 where no file came."""
    framework, lot = sent.get("framework", ""), sent.get("lot", "").strip()
    faults = {} if framework else {"framework": NO_FRAMEWORK}
    if lot and (words := _lot_fault(session, framework, whole_number(lot))):
        faults["lot"] = words
    if not file_name:
        faults["file"] = NO_FILE
    elif not size:
        faults["file"] = EMPTY
    return faults


def _lot_fault(session: Session, framework: str, lot: int | None) -> str:
    """'' where the framework has the lot; of an unknown framework nothing is said."""
    if lot is None:
        return NO_LOT
    lots = [
        known.number
        for one in all_frameworks(session)
        if one.framework.number == framework
        for known in one.lots
    ]
    if not lots or lot in lots:
        return ""
    known = ", ".join(str(number) for number in sorted(lots))
    return f"Los {lot} hat dieser Rahmenvertrag nicht. Es gibt Los {known}."
