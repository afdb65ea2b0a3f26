"""What is asked about people, one module a subject."""
