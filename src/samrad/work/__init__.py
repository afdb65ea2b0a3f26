"""Work to be done later: a queue of named tasks that lies in the same database as the changes.

A change and the task that follows from it are written in one transaction, so a crash loses neither
or both. Whoever enqueues names the task and never knows who does it.
"""
