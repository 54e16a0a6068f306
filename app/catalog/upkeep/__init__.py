"""Keeping the catalog: reading files in, looking at drafts, publishing, restoring, exporting."""
