"""The tests, in folders named like the apps; `tests/house` keeps promises about the whole."""
