"""Who signs an order: its steps, who may take them, and whose turn it is."""
