"""Works: read from their files, cited, and linked back to where they are cited."""
