"""Pages of the catalog: for those who order, and for those who keep it."""
