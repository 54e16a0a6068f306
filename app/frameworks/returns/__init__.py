"""Suppliers' monthly returns, held against what the portal called off."""
