"""Plain Python about areas: kinds, names, what covers what, structure files, differences."""
