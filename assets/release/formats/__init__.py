"""Formats: how the data of a release is written, one module a format; each says how it is read back."""
