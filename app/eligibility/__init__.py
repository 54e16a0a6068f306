"""Whether a call-off is an in-house award under § 108 GWB: dated facts, rules, decisions."""
