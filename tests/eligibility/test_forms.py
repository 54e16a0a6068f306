import pytest

from app.eligibility.evidence.forms import evidence_wish, year_wish
from app.eligibility.judging.facts import FactValue
from app.kernel.errors import Malformed
from app.kernel.money import Money


def typed(**changes: str) -> dict[str, str]:
    return {"datum": "2026-01-31", "titel": "Memorandum", "art": "legal_memorandum"} | changes


@pytest.mark.parametrize(
    ("statement", "text", "value"),
    [
        ("cooperative/is_legal_person", "Ja", True),
        ("cooperative/is_legal_person", "nein", False),
        ("chain_link/l2_legal_basis", "C", "c"),
        ("cooperative/independent_organ_members", "0", 0),
        ("chain_link/controllers_of_giver", "Stadt A; ;Stadt B ", ("Stadt A", "Stadt B")),
        ("cooperative/statutes_reserve_strategic_decisions", " § 18 ", "§ 18"),
    ],
)
def test_a_value_is_read_by_the_kind_of_its_statement(
    statement: str, text: str, value: FactValue
) -> None:
    assert evidence_wish(typed(aussage=statement, wert=text), "a.pdf", b"").value == value


@pytest.mark.parametrize(
    ("statement", "text"),
    [
        ("cooperative/is_legal_person", ""),
        ("chain_link/l2_legal_basis", "f"),
        ("cooperative/independent_organ_members", "zwei"),
        ("cooperative/independent_organ_members", "1000001"),
        ("chain_link/controllers_of_giver", " ; "),
        ("cooperative/statutes_reserve_strategic_decisions", " "),
    ],
)
def test_a_value_that_does_not_fit_is_refused_at_its_field(statement: str, text: str) -> None:
    with pytest.raises(Malformed) as refused:
        evidence_wish(typed(aussage=statement, wert=text), "a.pdf", b"")

    assert [error.field for error in refused.value.errors] == ["wert"]


def test_all_unreadable_days_are_named_at_once() -> None:
    sent = typed(
        aussage="cooperative/is_legal_person",
        wert="ja",
        datum="gestern",
        gueltig_bis="31.02.2026",
    )

    with pytest.raises(Malformed) as refused:
        evidence_wish(sent, "a.pdf", b"")

    assert [error.field for error in refused.value.errors] == ["datum", "gueltig_bis"]


def test_evidence_counts_from_its_date_unless_told_otherwise() -> None:
    sent = typed(aussage="cooperative/is_legal_person", wert="ja")

    assert evidence_wish(sent, "", b"").valid_from.isoformat() == "2026-01-31"
    assert evidence_wish(sent, "", b"").file_name == "nachweis"
    later = evidence_wish(sent | {"gueltig_ab": "2026-03-01"}, "", b"")
    assert later.valid_from.isoformat() == "2026-03-01"


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1.234.567,89", "1234567.89"),
        ("1234567,8", "1234567.80"),
        ("12", "12"),
        ("", "0"),
    ],
)
def test_amounts_are_read_as_people_write_them(text: str, amount: str) -> None:
    sent = {"koerper": "cooperative", "jahr": "2025", "datum": "2026-06-30", "mitglieder": text}

    assert year_wish(sent, "a.pdf", b"").members == Money.euros(amount)


@pytest.mark.parametrize("text", ["1,234.56", "1.23", "12 €", "1.2345", "9" * 13, "٣"])
def test_other_amounts_are_refused(text: str) -> None:
    sent = {"koerper": "cooperative", "jahr": "2025", "datum": "2026-06-30", "private": text}

    with pytest.raises(Malformed) as refused:
        year_wish(sent, "a.pdf", b"")

    assert [error.field for error in refused.value.errors] == ["private"]
