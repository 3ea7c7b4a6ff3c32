"""The pages and parts of pages that show what arXiv says."""
