"""The Abrufvermerk of an order: its facts gathered at placement, written and kept."""
