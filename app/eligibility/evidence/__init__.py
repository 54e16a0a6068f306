"""Facts with the papers that prove them: entered by one person, let count by a second."""
