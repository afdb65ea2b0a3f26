"""The append-only record of what was done and read.

One hash chain a council (and one for the installation) over salted digests. Values that are
personal or restricted lie in rows that can be erased without breaking the chain; words are made
when somebody reads. This app knows nobody above it: it refers by kind, reference and label.
"""
