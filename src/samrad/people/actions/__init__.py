"""What can be done about people, one module a subject."""
