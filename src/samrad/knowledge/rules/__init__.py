"""What a figure is: periods, tables, recipes, and how one becomes the other. Plain Python."""
