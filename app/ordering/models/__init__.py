"""What the API takes and gives of a call-off: its lines, shares, signatures and changes."""
