"""From an entry to what is printed: computed once, before any output format."""
