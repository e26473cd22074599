"""Tidy: rules that set quotation marks, dashes and spaces, and detectors of what they leave alone."""
