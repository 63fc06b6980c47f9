"""Entries in the tree: set at the foot of their section, tied to their words, referred to."""
