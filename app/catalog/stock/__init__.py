"""How many pieces a supplier says to have: the figures, how old they are, what they promise."""
