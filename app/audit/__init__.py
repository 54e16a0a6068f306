"""Append-only records in one hash chain per member, so that a changed past is found."""
