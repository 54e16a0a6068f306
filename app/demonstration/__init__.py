"""Demonstration data: an invented, labelled year of call-offs, made by the use cases."""
