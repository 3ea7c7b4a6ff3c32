"""What other rooms show of papers on their pages."""
