"""Which venue a comment, a journal reference or a DOI names, and nothing where one cannot be sure. Pure."""

from apps.harvest.venues_said.comments import by_comment
from apps.harvest.venues_said.dois import by_doi
from apps.harvest.venues_said.journal_refs import by_journal_ref
from apps.harvest.venues_said.known import Entry, Known
from apps.harvest.venues_said.said import VenueSaid

__all__ = ["Entry", "Known", "VenueSaid", "by_comment", "by_doi", "by_journal_ref"]
