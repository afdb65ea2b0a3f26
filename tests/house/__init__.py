"""Promises about the whole: every URL, every file, every text."""
