"""What changed at arXiv about the papers we have: asked for once a day, a step at a time."""
