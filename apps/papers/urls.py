"""Addresses of papers and category tables."""

from django.urls import path

from apps.papers.views import adding, detail, listing, naming, similar, suggesting, tables

urlpatterns = [
    path("papers/", listing.paper_list, name="paper_list"),
    path("papers/add/", adding.paper_add, name="paper_add"),
    path("papers/suggest/", suggesting.paper_suggest, name="paper_suggest"),
    path("papers/named/", naming.paper_named, name="paper_named"),
    path("papers/<int:paper_id>/card/", naming.paper_card, name="paper_card"),
    path("papers/<int:paper_id>/similar/", similar.paper_similar, name="paper_similar"),
    path("papers/<int:paper_id>/", detail.paper_detail, name="paper_short"),
    path("papers/<int:paper_id>/cite/<str:slug>", detail.paper_citation, name="paper_citation"),
    path("papers/<int:paper_id>/<str:slug>/", detail.paper_detail, name="paper_detail"),
    path("arxiv/<path:arxiv_id>", detail.arxiv_redirect, name="arxiv_redirect"),
    path("doi/<path:doi>", detail.doi_redirect, name="doi_redirect"),
    path("tables/", tables.table_index, name="table_index"),
    path("tables/<str:slug>.md", tables.table_markdown, name="table_markdown"),
    path("tables/<str:slug>/", tables.table_detail, name="table_detail"),
]
