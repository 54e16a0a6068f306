"""Comparisons of articles: kept beside the basket, attached to the order, printed in its memo."""
