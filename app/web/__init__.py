"""The edge: transactions, errors, pages, security headers."""
