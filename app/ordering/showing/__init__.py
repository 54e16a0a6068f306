"""What pages, badges and tables show of orders: the single one, what waits, what is due."""
