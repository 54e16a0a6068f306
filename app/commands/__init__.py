"""The commands of the program `kitu`, one group per module; each is one call into a use case."""
