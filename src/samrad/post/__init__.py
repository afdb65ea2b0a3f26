"""Mail that the installation sends: written in the reader's language, queued with the change it
tells of, delivered by the worker, and visible when it does not arrive.
"""
