"""What an order costs of which budget, and when that moves."""
