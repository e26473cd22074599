"""Dedupe: clean listings become papers, each merge explained."""
