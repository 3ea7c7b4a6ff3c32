"""Addresses of background work."""

from django.urls import path

from apps.jobs import views

urlpatterns = [
    path("jobs/", views.job_index, name="job_index"),
    path("jobs/<int:job_id>/", views.job_detail, name="job_detail"),
    path("jobs/<int:job_id>/cancel", views.job_cancel, name="job_cancel"),
    path("jobs/<int:job_id>/again", views.job_again, name="job_again"),
]
