"""Quantities: what the abstracts count, score, save and spend, each with its span, value, unit, kind and subject."""
