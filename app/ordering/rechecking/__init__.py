"""Judging placed orders again: at delivery, at invoice, or when evidence changes."""
