"""Release: the published data set as files to download, documented, verifiable, and comparable with the one before.

A release is a folder of `HOME/releases`, built aside and renamed when it is whole; nothing in it changes afterwards.
What its data files hold follows from the dumps, the rules and the parameters alone, never from the clock, the machine
or the folder. Everything is written from the canonical Parquet tables of its snapshot, so that a base and a delta give
the next release byte for byte.
"""
