"""Facets: one object per parameter of the papers page, each of which can read, filter and count its own values."""
