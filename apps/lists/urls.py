"""Addresses of home, lists, digests, reading states and saved searches."""

from django.urls import path, register_converter

from apps.lists.converters import DayConverter
from apps.lists.views import reading, searches

register_converter(DayConverter, "day")

urlpatterns = [
    path("", reading.home, name="home"),
    path("lists/", reading.list_index, name="list_index"),
    path("lists/<str:slug>/", reading.list_detail, name="list_detail"),
    path("digests/", reading.digest_index, name="digest_index"),
    path("digests/<str:category>/<day:day>/", reading.digest_detail, name="digest_detail"),
    path("papers/<int:paper_id>/state/", reading.reading_state, name="reading_state"),
    path("searches/", searches.search_index, name="search_index"),
    path("searches/new", searches.search_save, name="search_save"),
    path("searches/<int:search_id>/", searches.search_open, name="search_open"),
    path("searches/<int:search_id>/new/", searches.search_news, name="search_news"),
    path("searches/<int:search_id>/change", searches.search_change, name="search_change"),
    path("searches/<int:search_id>/mend", searches.search_mend, name="search_mend"),
    path("searches/<int:search_id>/delete", searches.search_delete, name="search_delete"),
    path("searches/<int:search_id>/undo", searches.search_undo, name="search_undo"),
]
