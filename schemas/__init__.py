"""What every table must look like: one Pandera model per table, and what is derived from it.

Nothing here reads a file, imports the other packages, or knows how a table is made.
"""
