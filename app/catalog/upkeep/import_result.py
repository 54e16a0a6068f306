"""What an import or a check found, as page, program and API tell it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from app.catalog.formats.findings import Finding, Findings
from app.catalog.upkeep.read_file import FileFacts
from app.kernel.german import number

REMARKS_KEPT: Final = 2000
NOT_LISTED: Final = "not_listed"


@dataclass(frozen=True, slots=True)
class Counted:
    """Articles by what happens to them; None where no database was asked."""

    new: int
    changed: int | None = None
    unchanged: int | None = None
    removed: int | None = None


@dataclass(frozen=True, slots=True)
class ImportResult:
    file: str
    format: str
    transaction: str
    articles: Counted
    prices: int
    groups: int
    rejected: tuple[Finding, ...]
    warnings: tuple[Finding, ...]
    catalog_version: int | None = None
    version_id: int | None = None
    published: bool = False

    def as_json(self) -> dict[str, Any]:
        """Exactly the object that the contract promises for `--json`."""
        return {
            "file": self.file,
            "format": self.format,
            "transaction": self.transaction,
            "articles_new": self.articles.new,
            "articles_changed": self.articles.changed,
            "articles_unchanged": self.articles.unchanged,
            "articles_removed": self.articles.removed,
            "prices": self.prices,
            "groups": self.groups,
            "rejected": [finding_json(finding) for finding in self.rejected],
            "catalog_version": self.catalog_version,
            "published": self.published,
        }


def finding_json(finding: Finding) -> dict[str, Any]:
    return {
        "line": finding.line,
        "sku": finding.sku,
        "code": finding.code.value,
        "reason": finding.reason,
    }


def listed(remarks: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The first 2,000, and where there are more, a last one that says how many."""
    more = len(remarks) - REMARKS_KEPT
    if more <= 0:
        return list(remarks)
    reason = f"{number(more)} weitere sind hier nicht einzeln aufgeführt."
    last = {"line": 0, "sku": "", "code": NOT_LISTED, "reason": reason}
    return [*remarks[:REMARKS_KEPT], last]


def result_of(
    file_name: str, file: FileFacts, findings: Findings, articles: Counted
) -> ImportResult:
    """What the file, read to its end, has to say."""
    return ImportResult(
        file=file_name,
        format=file.format,
        transaction=file.transaction,
        articles=articles,
        prices=file.counts.prices,
        groups=file.counts.groups,
        rejected=findings.rejected,
        warnings=findings.warnings,
    )


def remarks_in(result: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """What an import remarked: rejected articles first, then those that somebody left out."""
    return [
        (word, one)
        for word, part in (
            ("abgelehnt", "rejected"),
            ("ausgelassen", "left_out"),
            ("Hinweis", "warnings"),
        )
        for one in result.get(part, ())
    ]
