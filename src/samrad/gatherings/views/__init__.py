"""The pages of theme days."""
