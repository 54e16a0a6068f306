"""Which supplier of a lot delivers an order: given, extended, ended, and on record."""
