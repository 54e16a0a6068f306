"""Files that must stay as they were: kept once under the hash of their content."""
