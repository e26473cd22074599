"""Delivery: releases are copied from a home to where readers find them: a folder, an object store, a hub's repository.

Copy first, switch the pointer, delete what is stale last. Whatever interrupts it, the pointer names whole releases, and
the next delivery goes on where this one stopped. The releases of the home are read and never changed.
"""
