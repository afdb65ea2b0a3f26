"""What the life of agreements keeps."""
