"""Removals: papers that were taken down, by what they are known again, and what is left of their listings.

A removal outlives the published file, and stands for every later run: the listings of the paper stay in the account,
without a word of what they said. Nothing in the record of a removal can be read as the paper's text.
"""
