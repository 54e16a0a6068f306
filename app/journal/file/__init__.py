"""The whole file of one call-off: gathered, packed, handed over, proven without the portal."""
