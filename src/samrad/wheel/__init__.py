"""The year wheel of a council, and the calendar feed of it and of the meetings."""
