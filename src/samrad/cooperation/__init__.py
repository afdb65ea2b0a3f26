"""Councils, their seats, and the agreements they rest on."""
