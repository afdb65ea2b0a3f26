"""From the bytes of a file to a `Table`: pure functions, bounded, that refuse with row and field.

Start at `read_tables`. A reader raises `NotRead` for what is wrong with a file, and `Doubtful` for
what somebody must answer first.
"""

from samrad.knowledge.readers.reading import read_tables

__all__ = ["read_tables"]
