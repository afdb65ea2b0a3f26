"""Theme days and seminars: a council invites others, who name people; what comes of it goes on.

What belongs here: the day, its workshops, who comes, and where each outcome is sent. What does not:
what a council then makes of an outcome; that is a proposal or a task like any other.
"""
