"""Documents: what a release says of itself, to people and to programs; made from its tables, never by hand.

One module a document, each with a function from a draft to its text; nothing here touches the disk but `write`.
"""
