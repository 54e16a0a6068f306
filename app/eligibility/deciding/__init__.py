"""Decisions on record: written in a chain, shown, and proven again."""
