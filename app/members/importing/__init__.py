"""Members and people from tables of others: CSV files and the official register of bodies."""
