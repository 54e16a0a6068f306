"""Parts of a line with a place, a day or an account of their own."""
