"""Addresses of what waits for a decision."""

from django.urls import path

from apps.papers.views import review

urlpatterns = [
    path("review/", review.review_index, name="review_index"),
    path("review/<int:review_id>/decide", review.review_decide, name="review_decide"),
    path("review/<int:review_id>/undo", review.review_undo, name="review_undo"),
    path("papers/<int:paper_id>/take/<int:statement_id>/", review.take_statement, name="take_statement"),
]
