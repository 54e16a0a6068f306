"""The Abrufvermerk: its twenty points as a value, on paper, and as a public copy."""
