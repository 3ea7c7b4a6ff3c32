"""Addresses of the inbox: saved queries, days, decisions."""

from django.urls import path, register_converter

from apps.harvest.converters import DayConverter
from apps.harvest.views import deciding, inbox, queries

register_converter(DayConverter, "inbox_day")

urlpatterns = [
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/queries/new", queries.query_new, name="query_new"),
    path("inbox/queries/<int:query_id>/", queries.query_edit, name="query_edit"),
    path("inbox/queries/<int:query_id>/delete", queries.query_delete, name="query_delete"),
    path("inbox/queries/<int:query_id>/pause", queries.query_pause, name="query_pause"),
    path("inbox/queries/<int:query_id>/look", queries.query_look, name="query_look"),
    path("inbox/papers/<int:finding_id>/decide", deciding.finding_decide, name="finding_decide"),
    path("inbox/<str:category>/<inbox_day:day>/", inbox.inbox_day, name="inbox_day"),
    path("inbox/<str:category>/<inbox_day:day>/rest", deciding.inbox_rest, name="inbox_rest"),
    path("inbox/<str:category>/<inbox_day:day>/rest/undo", deciding.inbox_rest_undo, name="inbox_rest_undo"),
]
