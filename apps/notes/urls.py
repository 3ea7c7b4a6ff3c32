"""Addresses of notes; writing is in the admin."""

from django.urls import path

from apps.notes.views import completing, drafts, preview, reading

urlpatterns = [
    path("notes/complete/", completing.note_complete, name="note_complete"),
    path("notes/preview/", preview.note_preview, name="note_preview"),
    path("notes/drafts/", drafts.note_drafts, name="note_drafts"),
    path("notes/drafts/<uuid:key>/", drafts.note_draft, name="note_draft"),
    path("notes/drafts/<uuid:key>/discard/", drafts.note_draft_discard, name="note_draft_discard"),
    path("notes/", reading.note_index, name="note_index"),
    path("notes/<int:note_id>/", reading.note_detail, name="note_detail"),
    path("notes/<int:note_id>/note.md", reading.note_source, name="note_source"),
]
