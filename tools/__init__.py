"""What developers run besides the product: set-up, tests, checks, campaigns, benchmarks.

Nothing here is packed into the wheel.
"""
