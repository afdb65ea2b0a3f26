"""Jurisdiction profiles: each country's terms, councils, roles and rules as data, and their reader.

Use `samrad.profiles.reader.profile("no")`. Nothing in the program asks which country it is in.
"""
