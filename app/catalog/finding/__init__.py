"""Finding articles: what is typed, what is indexed, hits with facets; alike on both databases."""
