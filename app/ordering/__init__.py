"""Baskets and call-offs: from the first article to the last state."""
