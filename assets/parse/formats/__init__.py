"""One module per format of a dump."""
