"""Whether the code, the data and the pages of papers are still where their addresses lead."""
