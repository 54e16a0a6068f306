"""Drawing on ceilings: every step, its ledger, and the proof that both agree."""
