"""What an editor can put on a page besides text: witnesses, references, chronology, counts, records."""
