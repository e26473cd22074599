"""Publish: the tables become one DuckDB file, swapped in whole."""
