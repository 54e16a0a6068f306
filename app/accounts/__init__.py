"""People, their sign-in, sessions and tokens."""
