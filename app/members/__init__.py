"""The cooperative's members, their units, addresses and terms, and who is asking."""
