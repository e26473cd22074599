"""Measures: what is measured of a release before it is published, from its tables and from the release before it.

What the bounds are is said in `thresholds.toml`, what follows from them in `assertions.py`.
"""
