"""Killing the processes that save and the processes that work the queue off, and counting after.

`ground` is what they work on, `children` what they do, `harness` kills them, `reckoning` counts,
`power` cuts the power under SQLite. The harness runs as a process of its own for each database.
"""
