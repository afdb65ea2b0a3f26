"""Backing up, restoring and moving an installation: every row, every file, the whole trail.

One way for both databases: rows are read from a snapshot as JSON lines, and written to empty
tables; a fingerprint of every table shows that what came out is what went in.
"""
