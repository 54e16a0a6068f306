"""Free positions: what is in no price list, at a supplier's quote, where a lot is open for it."""
