"""Invoices over what was delivered: numbered without gaps, immutable once issued."""
