"""Demonstration data: a year of a city's call-offs, invented, labelled and made by the use cases."""
