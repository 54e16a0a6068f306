"""Whose turn it is among several suppliers of a lot: given, passed on, and shown."""
