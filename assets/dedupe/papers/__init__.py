"""Papers: which id a group has, and which of the stated values become its golden record."""
