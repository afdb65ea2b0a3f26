"""What happens to agreements while they are made and kept alive, in words."""
