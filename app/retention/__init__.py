"""How long what is kept: schedule, legal holds, erasure with its log, and a person's own data."""
