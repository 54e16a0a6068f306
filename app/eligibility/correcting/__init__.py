"""Mistyped memberships put right: asked with a reason, done when a second person says so."""
