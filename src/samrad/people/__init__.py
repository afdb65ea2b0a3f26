"""Organisations, persons, their dated appointments, and how they sign in."""
