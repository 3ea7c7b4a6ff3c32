"""Addresses of notes; writing is in the admin."""

from django.urls import path

from apps.notes import views

urlpatterns = [
    path("notes/", views.note_index, name="note_index"),
    path("notes/<int:note_id>/", views.note_detail, name="note_detail"),
    path("notes/<int:note_id>/note.md", views.note_source, name="note_source"),
]
