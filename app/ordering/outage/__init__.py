"""When the portal cannot be reached: numbered forms on paper, entered later with their own day."""
