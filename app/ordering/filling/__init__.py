"""Filling a basket quickly: numbers, pasted rows, parked baskets, templates."""
