"""Pages of the room: home, lists and digests; saved searches."""
