"""Market price checks: what an article costs elsewhere, and what followed from it."""
