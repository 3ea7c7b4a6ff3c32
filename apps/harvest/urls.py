"""Addresses of what arXiv says."""

from django.urls import path

from apps.harvest.views import acceptance, fetches, news

urlpatterns = [
    path("news/", news.news_index, name="news_index"),
    path("review/acceptance/<slug:kind>/", acceptance.acceptance_switch, name="acceptance_switch"),
    path("papers/<int:paper_id>/fetch", fetches.fetch_again, name="fetch_again"),
    path("papers/<int:paper_id>/fetch/progress", fetches.fetch_progress, name="fetch_progress"),
    path("jobs/<int:job_id>/failed-again", fetches.fetch_failed_again, name="fetch_failed_again"),
]
