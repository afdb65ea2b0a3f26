"""Where things are: nation, police district, local police area, county, municipality, named area.

Divisions are dated and overlap; names and codes change; nothing that was is lost. This app knows
nothing of councils or people: they point here.
"""
