"""The lists of known names, as data: models, data sets, benchmarks, tasks, metrics."""
