"""What is filled in about decisions and tasks."""
