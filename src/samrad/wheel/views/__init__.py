"""Pages of the wheel and of the calendar feed."""
