"""The derived index: which papers have which words and values. It can always be thrown away and built anew."""
