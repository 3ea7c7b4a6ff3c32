"""The vocabulary in the admin; history is Django's own log of changes."""

from apps.vocabulary.admin import alias, llm, people, topic, tuning, venue

__all__ = ["alias", "llm", "people", "topic", "tuning", "venue"]
