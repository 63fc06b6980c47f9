"""Reading: from Markdown to plain values, block by block and entry by entry."""
