"""Membership in law: its periods, the steps of its way, terms, and the register of any day."""
