"""The document tree: this project's own nodes, and the text and the links in docutils' trees."""
