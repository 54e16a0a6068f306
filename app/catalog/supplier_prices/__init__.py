"""Price lists of single suppliers: sent, compared, published, taken back; who delivers an order."""
