"""What the stories about agreements share: a decision with its paper, and who may see what."""

from typing import Any, Final

from app.frameworks.amending.resolution import Paper, Resolution
from tests.support.clock import TODAY

PDF: Final = b"%PDF-1.7\nein Beschluss\n%%EOF\n"
NUMBER: Final = "RV-2026-01"


def decided(**changes: Any) -> Resolution:
    """The board decided today, with a paper."""
    facts: dict[str, Any] = {
        "decided_by": "Vorstand",
        "effective_on": TODAY,
        "reason": "Mehrbedarf der Schulen",
        "paper": Paper("Beschluss", TODAY, "beschluss.pdf", PDF),
    }
    return Resolution(**(facts | changes))


def decision_form(**changes: str) -> dict[str, str]:
    """The same as typed into a form."""
    return {
        "decided_by": "Vorstand",
        "effective_on": TODAY.isoformat(),
        "reason": "Mehrbedarf der Schulen",
        "paper_title": "Beschluss",
        "paper_dated": TODAY.isoformat(),
        **changes,
    }


def handed(content: bytes = PDF) -> dict[str, tuple[str, bytes, str]]:
    return {"file": ("beschluss.pdf", content, "application/pdf")}
