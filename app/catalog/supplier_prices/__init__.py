"""Prices of single suppliers where several deliver one lot: lists, their differences, offers."""
