"""Numerical methods of crime prevention: what rises, what falls, and how sure one may be.

A library of its own: NumPy, SciPy and plain values, no Django and nothing of the rest of Samråd.
"""
