"""Figures from elsewhere: taken in with source and licence, kept with every revision, asked for.

`rules` and `readers` are plain Python: from bytes to a `Table`, and by a recipe to figures about
our areas. `store` keeps figures in Parquet and asks through DuckDB or PostgreSQL.
"""
