"""What an editor can put on a page besides text: chronology, conspectus, counts, records."""
