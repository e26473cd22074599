"""Delta: what changed from one release to another, such that the first and the delta give the second byte for byte.

Two layers, both in `delta/<base>/`. For programs: of every table that changed, the rows that were added (whole), the
keys of those that were removed, and the new values of those that changed; or the table whole, where its columns are
others or that is smaller. For people: `changes.parquet`, one row per paper and field with its old and its new value,
and `aliases.parquet`, what became of identifiers. A delta never holds a text of a listing that is not in the data any
more.
"""
