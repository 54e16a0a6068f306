"""The sheet that all papers share: how text enters a PDF, its tags, its archival form."""
