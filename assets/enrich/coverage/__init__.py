"""Coverage: what the sources state of each field, and why an empty field of a paper is empty."""
