"""The monthly council report: one value behind page, PDF and workbook."""
