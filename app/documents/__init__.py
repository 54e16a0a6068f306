"""Adapters that turn a value into the bytes of an official document: PDF, XML, spreadsheet."""
