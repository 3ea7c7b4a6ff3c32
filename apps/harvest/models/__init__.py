"""What the room of arXiv keeps."""

from apps.harvest.models.acceptance import Acceptance
from apps.harvest.models.fetch import Fetch
from apps.harvest.models.link import LinkCheck
from apps.harvest.models.news import News
from apps.harvest.models.pace import Pace
from apps.harvest.models.query import ArxivQuery, Finding
from apps.harvest.models.record import ArxivRecord
from apps.harvest.models.snapshot import Snapshot
from apps.harvest.models.summary import SummaryDay

__all__ = [
    "Acceptance",
    "ArxivQuery",
    "ArxivRecord",
    "Fetch",
    "Finding",
    "LinkCheck",
    "News",
    "Pace",
    "Snapshot",
    "SummaryDay",
]
