"""Links: what the abstracts lead to, each with its span, its usable form, its kind and whether it is there yet."""
