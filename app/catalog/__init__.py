"""Articles, prices with validity, catalog versions, import from foreign files, search."""
