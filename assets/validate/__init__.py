"""Validate: listings become clean listings, or rejects with a reason."""
