"""The read side of the append-only trail: the auditor's pages, outbox desk, start page."""
