"""The year wheel: its days, how activities stand, the drawing, the pages, the calendar feed."""
