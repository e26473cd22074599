"""What runs the steps: Dagster definitions, the command line, and where tables live on disk."""
