"""Addresses of home, lists, digests and reading states."""

from django.urls import path, register_converter

from apps.lists import views
from apps.lists.converters import DayConverter

register_converter(DayConverter, "day")

urlpatterns = [
    path("", views.home, name="home"),
    path("lists/", views.list_index, name="list_index"),
    path("lists/<str:slug>/", views.list_detail, name="list_detail"),
    path("digests/", views.digest_index, name="digest_index"),
    path("digests/<str:category>/<day:day>/", views.digest_detail, name="digest_detail"),
    path("papers/<int:paper_id>/state/", views.reading_state, name="reading_state"),
]
