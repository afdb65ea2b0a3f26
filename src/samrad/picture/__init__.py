"""The two-sided picture: what each side has found beside the figures, and what both agree on (G9).

Findings and statements are strategic and text only: nothing about a person, no intelligence. They
belong to a council, so that its seats say who reads and who writes.
"""
