"""What single suppliers of a lot charge: their price lists and whose turn it is."""
