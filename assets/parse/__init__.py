"""Parse: dumps become listings, each with the place of its bytes."""
