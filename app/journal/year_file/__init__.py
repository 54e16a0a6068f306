"""All files of one member's year, written outside of a request."""
