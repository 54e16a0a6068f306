"""Mail and jobs, written in the business transaction and carried out after it."""
