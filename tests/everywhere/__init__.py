"""Promises about all pages and all fields at once."""
