"""Pages of framework agreements."""
