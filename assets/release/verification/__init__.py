"""Verification: whether a release is what its manifest says, one module a family of checks.

A release is taken for hostile until it is verified: nothing outside its folder is read, no link is followed, and memory
does not follow from what is stated.
"""
