"""The command line: `sheaf` and its commands, one module per family.

Commands import what they need when they are called, so that a query does not wait for Dagster.
"""
