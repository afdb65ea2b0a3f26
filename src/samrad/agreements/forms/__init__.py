"""The forms of agreements."""
