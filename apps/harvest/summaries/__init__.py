"""Chinese titles, summaries and abstracts by a machine: off unless the administrator names an endpoint, and marked."""
