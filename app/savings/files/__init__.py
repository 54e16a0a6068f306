"""The report as a file of every kind, for people and for programs."""
