"""Rules of agreements: plain Python."""
