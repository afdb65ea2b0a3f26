"""What is asked for when people, roles and accounts are changed."""
