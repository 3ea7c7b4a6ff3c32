"""What the room of arXiv keeps."""

from apps.harvest.models.pace import Pace

__all__ = ["Pace"]
