"""Files of arXiv's that are too large to be held: read line by line, written in batches, gone on with where they ended."""
