"""Budgets of members: what a product account may take in a year, what is bound and what is paid."""
