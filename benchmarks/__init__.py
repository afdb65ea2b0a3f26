"""Benchmarks for `./samrad bench`: a module each, with `run() -> dict` of figures."""
