"""Campaigns of proof for `./samrad prove`; what one is: tests/support/campaign.py."""
