"""Addresses of notes; writing is in the admin."""

from django.urls import path

from apps.notes.views import reading

urlpatterns = [
    path("notes/", reading.note_index, name="note_index"),
    path("notes/<int:note_id>/", reading.note_detail, name="note_detail"),
    path("notes/<int:note_id>/note.md", reading.note_source, name="note_source"),
]
