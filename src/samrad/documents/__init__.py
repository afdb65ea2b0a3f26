"""Text and files: classification, rich text with stable blocks, stored files."""
