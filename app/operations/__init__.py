"""Running the product: migrations, backup and restore, readiness."""
