"""Judgements: what people decide on pairs, kept from run to run."""
