"""Pages about people and accounts, one module a subject."""
