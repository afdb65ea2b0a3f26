"""What is read: a package, one module per page or concept."""
