"""The pages of papers and category tables."""
