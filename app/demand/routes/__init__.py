"""Pages of needs and demand rounds."""
