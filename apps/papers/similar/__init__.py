"""Papers that are like one paper, and why: what two papers share, the rarer the more."""
