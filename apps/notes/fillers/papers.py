"""[[…]] and links to arXiv and DOIs: links to our papers, a choice where several match, "add it" where none does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.accounts.eyes import Eyes
from apps.core.markup import Filled, Slot
from apps.core.markup.filling import REL, a_link
from apps.notes.links import MOST
from apps.papers.identifiers import Identity, arxiv_url
from apps.papers.models import Paper
from apps.papers.naming import Reading

Meant = Mapping[str, Sequence[Paper]]
_NOTHING = SafeString("")
_END = SafeString("</a>")


def fill_papers(slots: Sequence[Slot], meant: Meant, eyes: Eyes) -> Sequence[Filled]:
    """`meant`: the papers that each reference means, by its words."""
    may_add = eyes.on_site and eyes.user.has_perm("papers.add_paper")
    made: dict[tuple[str, str], Filled] = {}  # the same words come again and again
    filled = []
    for place, slot in enumerate(slots):
        ref, label = slot.values["ref"], slot.values["label"]
        papers = meant.get(ref) if place < MOST else None
        if papers is None:
            filled.append(Filled(_words(label or ref)))
            continue
        if (ref, label) not in made:
            made[ref, label] = Filled(_reference(ref, label, papers, eyes, may_add))
        filled.append(made[ref, label])
    return filled


def fill_links(slots: Sequence[Slot], meant: Meant, eyes: Eyes) -> Sequence[Filled]:
    made: dict[str, Filled] = {}
    filled = []
    for place, slot in enumerate(slots):
        href = slot.values["href"]
        if place >= MOST and meant.get(href):
            filled.append(_elsewhere(href, eyes))
            continue
        if href not in made:
            made[href] = _link(href, meant.get(href, ()), eyes)
        filled.append(made[href])
    return filled


def _reference(ref: str, label: str, papers: Sequence[Paper], eyes: Eyes, may_add: bool) -> SafeString:
    if not eyes.on_site:
        address = _outside(papers[0]) if len(papers) == 1 else outside_of(Reading.of(ref).identity)
        return (
            format_html('<a href="{}" rel="{}">{}</a>', address, REL, label or ref) if address else _words(label or ref)
        )
    if len(papers) == 1:
        return format_html("{}{}{}", _begin(papers[0]), label or _spoken(ref, papers[0]), _END)
    return _choice(ref, label or ref, len(papers)) if papers else _missing(ref, label or ref, may_add)


def _words(text: str) -> SafeString:
    return format_html("{}", text)


def _begin(paper: Paper) -> SafeString:
    address = paper.get_absolute_url()
    card = f"{address.rsplit('/', 2)[0]}/card/"  # /papers/ID/card/ beside /papers/ID/SLUG/; reversing it costs as much again
    begin = '<a class="paper-ref" href="{}" data-card="{}" title="{}">'
    return format_html(begin, address, card, paper.label)


def _spoken(ref: str, paper: Paper) -> str:
    """An id says nothing to a reader: a name does, or the title."""
    if not Reading.of(ref).is_id:
        return ref
    name = next(iter(paper.names.all()), None)
    return name.name if name else paper.label


def _choice(ref: str, words: str, number: int) -> SafeString:
    address = f"{reverse('paper_named')}?{urlencode({'name': ref})}"
    title = ngettext("%(number)s paper: choose", "%(number)s papers: choose which", number) % {"number": number}
    choice = '<a class="paper-ref paper-ref-many" href="{}" title="{}">{}<span class="paper-ref-count">{}</span></a>'
    return format_html(choice, address, title, words, number)


def _missing(ref: str, words: str, may_add: bool) -> SafeString:
    outside, title = outside_of(Reading.of(ref).identity), _("Not in the library yet")
    shown = format_html('<span class="paper-ref-none" title="{}">{}</span>', title, words)
    if outside:
        shown = format_html(
            '<a class="paper-ref-none" href="{}" rel="{}" title="{}">{}</a>', outside, REL, title, words
        )
    if not may_add:
        return shown
    address = f"{reverse('paper_add')}?{urlencode({'text': ref})}"
    return format_html('{}&nbsp;<a class="paper-ref-add" href="{}">{}</a>', shown, address, _("add it"))


def _link(href: str, papers: Sequence[Paper], eyes: Eyes) -> Filled:
    if eyes.on_site and len(papers) == 1:
        return Filled(_begin(papers[0]), _END)
    return _elsewhere(href, eyes)


def _elsewhere(href: str, eyes: Eyes) -> Filled:
    return a_link(href) if eyes.on_site or not _is_ours(href) else Filled(_NOTHING)


def _is_ours(href: str) -> bool:
    """A page of this site, which needs an account; share links do not."""
    path = href.removeprefix(settings.PAPERNOTES_URL.rstrip("/"))
    return path.startswith("/") and not path.startswith("/s/")


def _outside(paper: Paper) -> str:
    return outside_of(Identity(paper.arxiv_id or "", None, paper.doi or "", paper.openreview_id or ""))


def outside_of(identity: Identity) -> str:
    """Where everybody finds the paper."""
    if identity.arxiv_id:
        return arxiv_url(identity.arxiv_id)
    if identity.doi:
        return f"https://doi.org/{identity.doi}"
    return f"https://openreview.net/forum?id={identity.openreview_id}" if identity.openreview_id else ""
