"""Around the decision: who is asked by mail, deciding by a link or over several, escalation."""
