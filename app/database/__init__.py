"""Engine, base of all tables, append-only guards: SQLite and PostgreSQL alike."""
