"""Asking publishers' services for their tables. No web worker imports this when it starts."""
