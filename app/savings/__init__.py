"""Time and money saved, honestly measured, and the monthly council report."""
