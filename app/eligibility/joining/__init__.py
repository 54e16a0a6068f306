"""How a body becomes a member: the resolution paper, and the steps that prove it."""
