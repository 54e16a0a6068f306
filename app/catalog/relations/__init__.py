"""How articles belong together: variants, kits, options, what fits what, successors."""
