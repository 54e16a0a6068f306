"""The rules by id: class, name and legal basis, and which engine brought them."""

from dataclasses import dataclass
from typing import Final

from app.eligibility.rules import RuleClass

ENGINE_VERSION: Final = "3"
# A decision is proven with the rules that its engine had: those that a later one brought did not
# exist for it. What an engine says about a case that it could judge never changes.
BROUGHT: Final = {
    "1": frozenset[str](),
    "2": frozenset({"F-08", "F-10"}),
    "3": frozenset({"F-09", "O-01", "O-02", "O-03", "O-04"}),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the rule book as the page and the decision name it."""

    id: str
    rule_class: RuleClass
    title: str
    legal_basis: str


HARD, SOFT, INFO = RuleClass.HARD, RuleClass.SOFT, RuleClass.INFO

RULES: Final = {
    rule.id: rule
    for rule in (
        Rule("M-01", HARD, "Öffentlicher Auftraggeber", "§ 99 Nr. 1–3, § 100 Abs. 1 Nr. 1 GWB"),
        Rule(
            "M-02",
            HARD,
            "Mitgliedschaft",
            "§ 108 Abs. 4 Nr. 1 GWB; EuGH C-182/11 (Econord)",
        ),
        Rule(
            "M-03",
            HARD,
            "Beitritt nachgewiesen",
            "§ 108 Abs. 4 Nr. 1 GWB; Beschluss über den Beitritt",
        ),
        Rule("M-04", HARD, "Bestellende Einheit", "§ 99 Nr. 1 GWB (Sondervermögen)"),
        Rule("M-05", SOFT, "Kündigung", "Satzung; § 65 GenG"),
        Rule("M-06", SOFT, "Haushalt", "KomHVO LSA; Haushaltsrecht"),
        Rule("M-07", INFO, "Sektorenauftraggeber", "§ 108 Abs. 8 GWB"),
        Rule("M-08", INFO, "Anzeige bei der Kommunalaufsicht", "§ 135 Abs. 2 Satz 3 KVG LSA"),
        Rule("K-01", HARD, "Juristische Person und Gegenstand", "§ 108 Abs. 4 GWB"),
        Rule(
            "K-02",
            HARD,
            "Gemeinsamer ausschlaggebender Einfluss",
            "§ 108 Abs. 5 Nr. 2 GWB; EuGH C-458/03, C-340/04, C-324/07",
        ),
        Rule(
            "K-03",
            HARD,
            "Organe vertreten alle Mitglieder",
            "§ 108 Abs. 5 Nr. 1 GWB; EuGH C-182/11, C-383/21; VK Bund VK 2-61/24",
        ),
        Rule("K-04", HARD, "Keine gegenläufigen Interessen", "§ 108 Abs. 5 Nr. 3 GWB"),
        Rule(
            "K-05",
            HARD,
            "Keine private Beteiligung",
            "§ 108 Abs. 4 Nr. 3 GWB; EuGH C-26/03 (Stadt Halle)",
        ),
        Rule(
            "K-06",
            HARD,
            "Wesentlichkeit: mehr als 80 % für Mitglieder",
            "§ 108 Abs. 4 Nr. 2, Abs. 7 GWB; EuGH C-553/15, C-692/23",
        ),
        Rule(
            "K-07",
            HARD,
            "Kein privates Kapital in der Betriebsgesellschaft",
            "§ 108 Abs. 3 Satz 2, Abs. 4 Nr. 3 GWB",
        ),
        Rule("L2-01", HARD, "Beauftragung der Betriebsgesellschaft", "§ 108 Abs. 1–4 GWB"),
        Rule(
            "L2-02", HARD, "Kettenglieder bestehen", "§ 108 GWB; EuGH C-719/20 (Comune di Lerici)"
        ),
        Rule(
            "L2-03",
            HARD,
            "Schwestervergabe nur bei derselben Mutter",
            "§ 108 Abs. 3 GWB; EuGH C-15/13; OLG Naumburg 7 Verg 1/22",
        ),
        Rule(
            "N-01", SOFT, "Partnernetzwerk: Stellungnahme zum Kettenglied", "§ 108 Abs. 2, 4, 5 GWB"
        ),
        Rule("F-01", HARD, "Vergabeverfahren", "§ 103 Abs. 5 GWB; § 21 Abs. 1 VgV"),
        Rule("F-02", HARD, "Laufzeit des Rahmenvertrags", "§ 21 Abs. 6 VgV"),
        Rule("F-03", HARD, "Höchstlaufzeit vier Jahre", "§ 21 Abs. 6 VgV"),
        Rule("F-04", HARD, "Abrufberechtigung", "§ 21 Abs. 2 VgV; EuGH C-216/17"),
        Rule("F-05", HARD, "Höchstwert und Höchstmenge", "EuGH C-23/20, C-216/17"),
        Rule("F-06", HARD, "Artikel des Rahmenvertrags", "§ 21 Abs. 2 Satz 3 VgV; § 132 GWB"),
        Rule("F-07", HARD, "Preis des Rahmenvertrags", "Preisliste des Rahmenvertrags"),
        Rule("F-08", SOFT, "Auswahl des Auftragnehmers", "§ 21 Abs. 4, 5 VgV"),
        Rule("F-09", SOFT, "Vorschau auf die Höchstmenge", "EuGH C-23/20"),
        Rule("F-10", HARD, "Bestellwert", "§ 103 Abs. 5 GWB; Vergabeunterlagen"),
        Rule("O-01", INFO, "Verfahren ohne Rahmenvertrag", "§ 106 GWB; AwVO LSA"),
        Rule("O-02", SOFT, "Wirtschaftlichkeit", "§ 98 KVG LSA"),
        Rule("O-03", SOFT, "Steuerschuldnerschaft", "§ 13b Abs. 2 Nr. 10, Abs. 5 UStG"),
        Rule("O-04", HARD, "Vier-Augen-Prinzip", "KomKBVO LSA; Wertgrenzen des Mitglieds"),
        Rule("O-05", INFO, "EU-Schwellenwert", "§ 135 Abs. 3 GWB; § 106 GWB"),
    )
}

LATER: Final = {
    engine: frozenset(
        rule for brought, rules in BROUGHT.items() if int(brought) > int(engine) for rule in rules
    )
    for engine in BROUGHT
}


def rules_of(engine: str) -> list[Rule]:
    """The rules that an engine had; KeyError for one that never was."""
    return [rule for rule in RULES.values() if rule.id not in LATER[engine]]
