"""The query language of the search box: text to a tree with problems (`parsing`), and back (`rendering`)."""
