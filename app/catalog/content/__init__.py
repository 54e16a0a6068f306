"""What stands beside an article's master data: labels with proof, pictures, documents."""
