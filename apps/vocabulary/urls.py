"""Addresses of what papers are described with: one index and one page for each kind."""

from django.urls import path

from apps.vocabulary import views

urlpatterns = [
    pattern
    for kind in views.KINDS.values()
    for pattern in (
        path(f"{kind.folder}/", views.vocabulary_index, {"kind": kind}, name=f"{kind.name}_index"),
        path(f"{kind.folder}/<str:slug>/", views.vocabulary_detail, {"kind": kind}, name=f"{kind.name}_detail"),
    )
]
