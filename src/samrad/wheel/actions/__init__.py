"""What is changed: a package, one module a concept."""
