"""Trending: which pages showed a paper, and how much attention that, votes and comments add up to as of a day."""
