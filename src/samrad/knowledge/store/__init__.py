"""Where figures lie and are asked for. Heavy libraries are imported where they are used, not here.

A release's figures are one Parquet file, kept like any other file. They are asked for through
Ibis: on DuckDB, straight from the files, or on a PostgreSQL with the same rows. One setting says
which.
"""

from samrad.knowledge.store.choosing import statistics

__all__ = ["statistics"]
