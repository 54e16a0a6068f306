"""Papers beside an order: kept while it is being written, attached when it is sent."""
