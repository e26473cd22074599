"""Restore: rules that undo what rendering and copying did, and detectors of what they cannot undo."""
