"""The pages of decisions and tasks; one file for each kind of page."""
