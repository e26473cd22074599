"""Enrich: what the text of a paper says beyond its fields, each value with the span that proves it."""
