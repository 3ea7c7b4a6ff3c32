"""arXiv: its records, fetching, finding, watching."""
