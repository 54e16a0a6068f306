"""Putting another wording of the law in force: proposed by one person, approved by a second."""
