"""Every address of the site, by the name of its URL: a new page without an example here fails a test."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from apps.vocabulary.views import KINDS

# Addresses are filled with the values of tests/browser/library.py.
PAGES = {
    "login": ["/accounts/login/"],
    "home": ["/"],
    "paper_list": ["/papers/", "/papers/?venue=recsys&llm={llm}", "/papers/?q=nothing+like", "/papers/?venue=nonsense"],
    "paper_add": ["/papers/add/"],
    "paper_detail": ["/papers/{paper}/{slug}/"],
    "paper_named": ["/papers/named/?name=nobody"],
    "arxiv_redirect": ["/arxiv/2405.99999"],
    "table_index": ["/tables/"],
    "table_detail": ["/tables/{table}/", "/tables/{table}/?sort=nonsense"],
    "list_index": ["/lists/"],
    "list_detail": ["/lists/{list}/"],
    "search_index": ["/searches/", "/searches/?sort=new"],
    "search_save": ["/searches/new?query=venue%3Drecsys", "/searches/new?query=venue%3Dnonsense"],
    "search_news": ["/searches/{search}/new/"],
    "digest_index": ["/digests/"],
    "digest_detail": ["{digest}"],
    "note_index": ["/notes/"],
    "note_help": ["/notes/help/"],
    "note_drafts": ["/notes/drafts/"],
    "note_remark": ["/papers/{paper}/remark/"],
    "note_detail": ["/notes/{note}/"],
    "note_history": ["/notes/{changed}/history/", "/notes/{thrown}/history/"],
    "note_version": ["/notes/{changed}/history/{version}/"],
    "note_difference": ["/notes/{changed}/history/difference/"],
    "note_trash": ["/notes/trash/"],
    "note_delete": ["/notes/{thrown}/delete/"],
    "picture_elsewhere": ["/pictures/elsewhere/{mirror}/"],
    "share_index": ["/shares/"],
    "share_create": ["/shares/new?kind=paper&object={paper}", "/shares/new?kind=filter&query=venue%3Dnonsense"],
    "share_open": ["{shared_paper}", "{shared_note}", "{shared_list}", "{shared_table}", "{shared_filter}"],
    "share_paper": ["{shared_list}papers/{paper}/"],
    "import_index": ["/imports/"],
    "import_new": ["/imports/new"],
    "import_batch": ["/imports/batch/{batch}/"],
    "import_detail": [f"/imports/{{{state}}}/" for state in ("preview", "queued", "applied", "undone", "failed")],
    "map_index": ["/map/"],
    "job_index": ["/jobs/", "/jobs/?state=running"],
    "job_detail": ["/jobs/{job}/", "/jobs/{job}/?state=nonsense"],
    "review_index": ["/review/", "/review/?kind=proposal", "/review/?state=decided"],
    "news_index": ["/news/", "/news/?kind=version", "/news/?kind=nonsense"],
    "inbox": ["/inbox/", "/inbox/?state=all", "/inbox/?state=nonsense"],
    "inbox_day": ["/inbox/cs.IR/2026-11-20/", "/inbox/cs.IR/2026-11-20/?state=all", "/inbox/cs.IR/2026-11-20/?query=0"],
    "query_new": ["/inbox/queries/new"],
    "query_edit": ["/inbox/queries/{query}/"],
    **{f"{kind.name}_index": [f"/{kind.folder}/"] for kind in KINDS.values()},
    "venue_detail": ["/venues/{venue}/"],
    "llm_detail": ["/llms/{llm}/"],
    "tuning_detail": ["/tunings/{tuning}/"],
    "tag_detail": ["/tags/invented/"],
    "organisation_detail": ["/organisations/foo-lab/"],
    "author_detail": ["/authors/bob-ray/"],
}
# Addresses that are no pages.
NO_PAGES = {
    "healthz": "for monitors",
    "readyz": "for monitors",
    "logout": "takes a form only",
    "me": "for scripts",
    "paper_suggest": "a part of a page",
    "set_language": "takes a form only",
    "reading_state": "takes a form only",
    "acceptance_switch": "takes a form only",
    "share_revoke": "takes a form only",
    "paper_card": "a part of pages with references",
    "paper_similar": "a part of the page of a paper",
    "paper_short": "leads to paper_detail",
    "search_open": "leads to paper_list",
    **{f"search_{verb}": "takes a form only" for verb in ("change", "mend", "delete", "undo")},
    "doi_redirect": "leads to paper_detail, or says the same as arxiv_redirect",
    "paper_citation": "a file",
    "table_markdown": "a file",
    "note_source": "a file",
    "note_raw": "plain text",
    "note_version_raw": "plain text",
    "note_restore": "takes a form only",
    "note_throw_away": "takes a form only",
    "note_bring_back": "takes a form only",
    "picture": "a file",
    "share_picture": "a file",
    "picture_upload": "answers scripts",
    "picture_again": "takes a form only",
    "note_draft": "of one person only: tests/browser/test_never_lost.py",
    "note_draft_discard": "takes a form only",
    "note_remark_undo": "takes a form only",
    "note_complete": "for the editor",
    "note_preview": "takes a form only",
    "import_progress": "a part of import_detail",
    "take_statement": "takes a form only",
    "fetch_progress": "a part of paper_detail",
    "fetch_again": "takes a form only",
    "fetch_failed_again": "takes a form only",
    **{f"job_{verb}": "takes a form only" for verb in ("cancel", "again")},
    "import_batch_apply": "takes a form only",
    **{f"import_{verb}": "takes a form only" for verb in ("decide", "apply", "dismiss", "undo")},
    **{f"import_{verb}": "takes a form only" for verb in ("reopen", "cancel", "retry")},
    **{f"review_{verb}": "takes a form only" for verb in ("decide", "undo")},
    **{f"query_{verb}": "takes a form only" for verb in ("delete", "pause", "look")},
    **dict.fromkeys(("finding_decide", "inbox_rest", "inbox_rest_undo"), "takes a form only"),
    **{f"map_{verb}": "takes a form only" for verb in ("choose", "ignore", "undo")},
}
BESIDE = ["/no/such/page", "/s/nothing/"]


def names() -> Iterator[str]:
    """The names of all URLs outside of the admin."""
    waiting: list[URLPattern | URLResolver] = list(get_resolver().url_patterns)
    for pattern in waiting:
        if isinstance(pattern, URLPattern) and pattern.name:
            yield pattern.name
        elif isinstance(pattern, URLResolver) and pattern.namespace != "admin":
            waiting += pattern.url_patterns


EVERY = [address for addresses in PAGES.values() for address in addresses] + BESIDE
