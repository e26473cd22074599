"""Signatures: how similar texts are told without comparing them word by word."""
