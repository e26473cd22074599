"""Groups: from decided pairs to papers, whatever speaks against a chain of matches."""
