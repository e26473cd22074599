"""The steps from raw dumps to a published data set, one room each, in the order the data flows.

Kernels are pure: frame in, frame out. Only `assets.py`, `checks.py` and `home.py` know dagster or the disk.
"""
