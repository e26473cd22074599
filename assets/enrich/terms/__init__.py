"""The terms in the abstracts: acronyms, what a paper proposes, and known models, data sets, tasks and metrics."""
