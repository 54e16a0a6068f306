"""Framework agreements, their lots and the ceilings that no call-off may pass."""
