"""Samråd: where police and municipality prevent crime together."""

__version__ = "0.1.0"
