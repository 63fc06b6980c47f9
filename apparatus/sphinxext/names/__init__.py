"""Names: found in the text, marked in the tree, listed in the index."""
