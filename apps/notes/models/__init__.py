"""Notes, and what hangs on them: how they were rendered, what they refer to, pictures, drafts, templates."""

from apps.notes.models.draft import Draft
from apps.notes.models.note import Note, NoteQuerySet
from apps.notes.models.picture import Image, Mirror, NotePicture, Upload
from apps.notes.models.rendering import NoteLink, Rendering
from apps.notes.models.template import NoteTemplate

__all__ = [
    "Draft",
    "Image",
    "Mirror",
    "Note",
    "NoteLink",
    "NotePicture",
    "NoteQuerySet",
    "NoteTemplate",
    "Rendering",
    "Upload",
]
