"""Addresses of notes; writing is in the admin."""

from django.urls import path, re_path

from apps.notes.views import completing, drafts, help, history, pictures, preview, reading, remarks, trash

urlpatterns = [
    path("papers/<int:paper_id>/remark/", remarks.note_remark, name="note_remark"),
    path("papers/<int:paper_id>/remark/<int:note_id>/undo/", remarks.note_remark_undo, name="note_remark_undo"),
    path("notes/complete/", completing.note_complete, name="note_complete"),
    path("notes/preview/", preview.note_preview, name="note_preview"),
    path("notes/drafts/", drafts.note_drafts, name="note_drafts"),
    path("notes/drafts/<uuid:key>/", drafts.note_draft, name="note_draft"),
    path("notes/drafts/<uuid:key>/discard/", drafts.note_draft_discard, name="note_draft_discard"),
    path("notes/help/", help.note_help, name="note_help"),
    path("notes/", reading.note_index, name="note_index"),
    path("notes/trash/", trash.note_trash, name="note_trash"),
    path("notes/<int:note_id>/throw-away/", trash.note_throw_away, name="note_throw_away"),
    path("notes/<int:note_id>/bring-back/", trash.note_bring_back, name="note_bring_back"),
    path("notes/<int:note_id>/delete/", trash.note_delete, name="note_delete"),
    path("notes/<int:note_id>/history/", history.note_history, name="note_history"),
    path("notes/<int:note_id>/history/difference/", history.note_difference, name="note_difference"),
    path("notes/<int:note_id>/history/<int:version_id>/", history.note_version, name="note_version"),
    path("notes/<int:note_id>/history/<int:version_id>/raw/", history.note_version_raw, name="note_version_raw"),
    path("notes/<int:note_id>/history/<int:version_id>/restore/", history.note_restore, name="note_restore"),
    path("notes/<int:note_id>/raw/", reading.note_raw, name="note_raw"),
    path("notes/<int:note_id>/", reading.note_detail, name="note_detail"),
    path("notes/<int:note_id>/note.md", reading.note_source, name="note_source"),
    path("pictures/upload/", pictures.picture_upload, name="picture_upload"),
    re_path(r"^pictures/([0-9a-f]{64})\.(png|jpg|webp|gif)\Z", pictures.picture, name="picture"),
    path("pictures/elsewhere/<int:mirror_id>/", pictures.picture_elsewhere, name="picture_elsewhere"),
    path("pictures/elsewhere/<int:mirror_id>/again/", pictures.picture_again, name="picture_again"),
]
