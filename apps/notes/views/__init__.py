"""Pages about notes: reading them, their history and trash, and what the editor asks for while one writes."""
