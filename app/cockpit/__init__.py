"""What the cooperative sees of every framework: use, outlook, shares, terms, market prices."""
