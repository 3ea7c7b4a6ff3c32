"""Pictures: taken in and re-encoded, kept once, shown to those who may read a note with them, fetched from elsewhere."""
