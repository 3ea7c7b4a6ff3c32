"""What no page goes below: a constant, the bare SQL of one page of papers, and 50 rows in a plain template."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template

from apps.papers.models import Paper

_ROWS = 50
_SQL = f"SELECT id, title, title_zh, published, year, venue_id FROM papers_paper ORDER BY published DESC, id DESC LIMIT {_ROWS}"
_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Papers</title></head><body><ol>
{% for paper in papers %}<li><a href="{{ paper.get_absolute_url }}">{{ paper.title }}</a> {{ paper.title_zh }}
<span>{{ paper.venue }}</span> <span>{{ paper.published_text }}</span>
{% for tag in paper.tags.all %}<a href="/papers/?tag={{ tag.slug }}">{{ tag.name }}</a>{% endfor %}</li>
{% endfor %}</ol></body></html>"""
_template: Template | None = None


def constant(request: HttpRequest) -> HttpResponse:
    """Through every middleware, and who asks is known."""
    return HttpResponse(f"<!doctype html><title>{request.user.is_authenticated}</title>")


def page_sql(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute(_SQL)
        found = cursor.fetchall()
    return HttpResponse(f"<!doctype html><title>{request.user.is_authenticated} {len(found)}</title>")


def rows(request: HttpRequest) -> HttpResponse:
    """The newest papers with venue, date and tags: no facets, no counts, no search."""
    global _template
    _template = _template or Template(_PAGE)
    papers = Paper.objects.select_related("venue").prefetch_related("tags").only("title", "title_zh", "published")
    newest = papers.only("title", "title_zh", "published", "precision", "year", "venue").order_by("-published", "-id")
    return HttpResponse(_template.render(Context({"papers": newest[:_ROWS]})))
