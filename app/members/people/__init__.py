"""The people of a member: their access, roles, tokens and deputies."""
