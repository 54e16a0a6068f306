"""Changing an order after it was placed: the member asks, the desk answers, the member agrees."""
