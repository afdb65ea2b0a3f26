"""The demo: three councils' years on real ground, told by the actions that a year is made of.

`data/` holds what is told, a TOML file a country, written in that country's language. Places,
codes, duties and roles are real; people are invented, and so is everything they say and do. No
day in the files is a date: all are counted from the day the demo is loaded, so it never grows old.
"""
