"""arXiv as an outside world: asked for one thing at a time, answered in frozen dataclasses, or with a reason."""
