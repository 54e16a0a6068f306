"""The versions of the law as data: what each changes, its hash, and which is in force on a day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from app.eligibility.judging.rule_table import BROUGHT, ENGINE_VERSION, RULES, rules_of
from app.eligibility.rules import RuleClass, RuleSet
from app.kernel.canonical import canonical_json, sha256_hex

FEWEST_APPROVALS: Final = 2


@dataclass(frozen=True, slots=True)
class Law:
    """One wording of § 108 GWB: `classes` are the rules that weigh differently under it.

    `valid_from` None: a template that counts only once two people have put it in force.
    """

    id: str
    version: str
    title: str
    source: str
    valid_from: date | None
    sister_allowed: bool = False
    classes: Mapping[str, RuleClass] = field(default_factory=dict)
    changes: tuple[str, ...] = ()

    def class_of(self, rule_id: str) -> RuleClass:
        return self.classes.get(rule_id, RULES[rule_id].rule_class)

    def sha256(self, engine: str = ENGINE_VERSION) -> str:
        """The hash of every rule with its class, name and legal basis, as the engine had them."""
        rules = [
            [rule.id, self.class_of(rule.id).value, rule.title, rule.legal_basis]
            for rule in rules_of(engine)
        ]
        return sha256_hex(canonical_json([self.version, engine, rules]))


LAW_2016: Final = Law(
    "GWB-108-2016",
    "2016",
    "§ 108 GWB in der Fassung von 2016",
    "Vergaberechtsmodernisierungsgesetz vom 17.02.2016 (BGBl. I S. 203)",
    date(2016, 4, 18),
)
# Draft of 6 Aug 2025: nothing selects it until two people enter its date and its place in the
# Federal Law Gazette.
LAW_VERGBG: Final = Law(
    "GWB-108-VergBG",
    "VergBG",
    "§ 108 GWB nach dem Entwurf des Vergabebeschleunigungsgesetzes",
    "Kabinettsentwurf vom 06.08.2025, nicht in Kraft",
    None,
    sister_allowed=True,
    classes={"L2-03": RuleClass.SOFT},
    changes=(
        "L2-01: eine Schwestervergabe (Grundlage d) trägt auch dann, wenn L2-03 nicht erfüllt ist.",
        "L2-03: Halbschwestern schließen den Abruf nicht mehr aus, sie sind eine Auflage.",
        "Mittelbare Kontrolle über mehrere Stufen ist ausdrücklich zugelassen.",
    ),
)
LAWS: Final = {law.id: law for law in (LAW_2016, LAW_VERGBG)}


@dataclass(frozen=True, slots=True)
class Activation:
    """A law that two people have put in force from a day on, with its place in the gazette."""

    law_id: str
    sha256: str
    valid_from: date
    reference: str
    approved_by: tuple[str, ...]


def _set_2016(engine: str) -> RuleSet:
    return RuleSet(LAW_2016.id, LAW_2016.title, date(2016, 4, 18), LAW_2016.sha256(engine))


GWB_2016: Final = {engine: _set_2016(engine) for engine in BROUGHT}
GWB_VERGBG: Final = RuleSet(LAW_VERGBG.id, LAW_VERGBG.title, date(9999, 1, 1), LAW_VERGBG.sha256())


def rule_set_on(day: date, activations: Iterable[Activation] = ()) -> RuleSet:
    """The rules in force on `day`: the day of the award counts, not the day of reading.

    The activation that began last wins; one whose content was another does not count.
    """
    began = [
        one
        for one in activations
        if one.valid_from <= day and one.law_id in LAWS and one.sha256 == LAWS[one.law_id].sha256()
    ]
    if not began:
        return GWB_2016[ENGINE_VERSION]
    last = max(began, key=lambda one: one.valid_from)
    law = LAWS[last.law_id]
    return RuleSet(
        law.id, law.title, last.valid_from, last.sha256, last.reference, last.approved_by
    )


def law_of(rule_set: RuleSet) -> Law:
    """The wording behind a rule set; one that is unknown here is judged as that of 2016."""
    return LAWS.get(rule_set.id, LAW_2016)


def fault_of(rule_set: RuleSet, day: date, engine: str) -> str | None:
    """Why this rule set cannot have been in force on `day` for this engine, in German."""
    law = LAWS.get(rule_set.id)
    if law is None:
        return f"{rule_set.id} ist hier nicht bekannt"
    if law.valid_from is not None:
        known = GWB_2016[engine]
        return None if rule_set == known else f"{rule_set.id} hatte andere Angaben"
    return _fault_of_activated(rule_set, law, day, engine)


def _fault_of_activated(rule_set: RuleSet, law: Law, day: date, engine: str) -> str | None:
    if replace(rule_set, valid_from=day, reference=None, approved_by=()) != RuleSet(
        law.id, law.title, day, law.sha256(engine)
    ):
        return f"{rule_set.id} hatte andere Angaben"
    if rule_set.valid_from > day:
        return f"{rule_set.id} galt an dem Tag noch nicht"
    if not rule_set.reference or len(set(rule_set.approved_by)) < FEWEST_APPROVALS:
        return f"für {rule_set.id} fehlen Fundstelle oder zweite Freigabe"
    return None
