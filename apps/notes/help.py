"""What a note can hold, by example: sources in the language of the page, set by the very renderer that sets notes."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.accounts.eyes import Eyes
from apps.notes.models import Note
from apps.notes.showing import show
from apps.papers.models import Paper

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Section:
    """`says` stands above the examples, each of them Markdown."""

    slug: str
    title: Words
    examples: tuple[Words, ...]
    says: Words = ""


@dataclass(frozen=True, slots=True)
class Example:
    source: str
    html: SafeString


_TEXT = Section(
    "text",
    pgettext_lazy("of Markdown", "Text"),
    (
        _(
            "## A heading\n\nA paragraph ends at an empty line.\n\nWords can be **bold**, *italic*, ~~struck out~~ or `code`."
        ),
        _("Bold works beside Chinese, too: **核心的掩码矩阵（Mask Matrix）**来实现."),
        _("[A link](https://arxiv.org/), and an address by itself: https://arxiv.org/"),
        _("> What somebody else has said.\n\n---\n\nA line of dashes makes a rule."),
    ),
    _("A backslash before a sign takes its meaning away: \\* is a star. HTML is shown as it was typed."),
)
_LISTS = Section(
    "lists",
    pgettext_lazy("of Markdown", "Lists"),
    (
        _("- first\n- second\n  - two blanks deeper\n- third"),
        _("1. one\n2. two\n\nSome words between.\n\n3. goes on with three"),
        _("- [x] read the paper\n- [ ] try its code"),
        _("LoRA\n: small matrices beside large ones\n\nRAG\n: look it up first, then answer"),
    ),
)
_TABLES = Section(
    "tables",
    pgettext_lazy("of Markdown", "Tables"),
    (_("| Method | Recall | Year |\n| :-- | --: | :-: |\n| Popularity | 0.041 | 2019 |\n| **Ours** | 0.087 | 2024 |"),),
    _("A colon in the second line aligns its column. A bar within a cell is written \\|."),
)
_CODE = Section(
    "code",
    pgettext_lazy("of Markdown", "Code"),
    (
        _(
            '```python\ndef recall(found, wanted):\n    """How much of it was found."""\n    return len(found & wanted) / len(wanted)\n```'
        ),
    ),
    _("The word after the three backticks names the language."),
)
_MATH = Section(
    "math",
    _("Formulas"),
    (
        _("In a line: $a_{ij} = \\frac{q_i \\cdot k_j}{\\sqrt{d}}$. Prices stay prices: $5 and $6."),
        "$$\n\\mathcal{L} = -\\sum_{t=1}^{T} \\log p_\\theta(y_t \\mid y_{<t}, x)\n$$",
        "$$\n\\begin{pmatrix} 1 & 0 \\\\ 0 & 1 \\end{pmatrix}\n\\quad\n\\begin{cases} 1 & x > 0 \\\\ 0 & x \\le 0 \\end{cases}\n$$",
    ),
    _("LaTeX between dollar signs. What cannot be set is shown as it was typed."),
)
_CALLOUTS = Section(
    "callouts",
    _("Callouts"),
    (
        _("> [!TIP]\n> Read the appendix first."),
        _("> [!WARNING] Mind the split\n> Test users were seen in training."),
        _("> [!QUESTION]\n> Does it hold for long histories?"),
    ),
    _(
        "Other kinds: NOTE, IMPORTANT, CAUTION, EXAMPLE, SUMMARY, QUOTE; Chinese words such as 提示, 警告 and 总结 work, too."
    ),
)
_FOOTNOTES = Section(
    "footnotes",
    _("Footnotes"),
    (_("It beats all baselines.[^seeds]\n\n[^seeds]: With one seed only."),),
    _("They stand at the end of the note, wherever they are written."),
)
_PICTURES = Section(
    "pictures",
    _("Pictures"),
    (_("![Loss over time](https://example.org/loss.png)"),),
    _(
        "Paste a picture or drop it into the text: it is kept here, without place and camera. One on another site is "
        "fetched once and kept, so that no reader's browser ever asks there; until then its place is marked."
    ),
)


def sections() -> list[Section]:
    """Papers stand in the examples under names that this library knows."""
    known = Paper.objects.filter(names__isnull=False, arxiv_id__isnull=False, venue__isnull=False)
    paper = known.select_related("venue").order_by("pk").first()
    return [_TEXT, _LISTS, _TABLES, _CODE, _MATH, _CALLOUTS, _FOOTNOTES, _references(paper), _embeds(paper), _PICTURES]


def _references(paper: Paper | None) -> Section:
    name = paper.names.all()[0].name if paper else "P5"
    arxiv_id = (paper.arxiv_id if paper else "") or "2305.00447"
    source = _("By its number [[arXiv:{id}]], by its name [[{name}]], in your own words [[{id}|this paper]].")
    chinese = _(
        "As a Chinese input method types it: 【【{name}】】. A plain link is recognised, too: https://arxiv.org/abs/{id}"
    )
    return Section(
        "references",
        _("References"),
        tuple(format_lazy(words, id=arxiv_id, name=name) for words in (source, chinese)),
        _("Type [[ and choose. The paper's page shows the sentence; the reference survives renames and merges."),
    )


def _embeds(paper: Paper | None) -> Section:
    venue = paper.venue.slug if paper and paper.venue else "recsys"
    year = (paper.year if paper else None) or 2023
    return Section(
        "embeds",
        _("Live tables"),
        (
            f"{{{{table: venue={venue} year={year}}}}}",
            format_lazy(_("We build on [[{id}]].\n\n{cite}"), id=_id(paper), cite="{{cite}}"),
        ),
        _(
            "On a line of its own: the parameters are those in the address of the papers page. {{list: …}} shows a "
            "reading list by the last part of its address, {{cite}} the papers to which the note refers."
        ),
    )


def _id(paper: Paper | None) -> str:
    return (paper.arxiv_id if paper else "") or "2305.00447"


def shown(wanted: list[Section], eyes: Eyes) -> list[tuple[Section, list[Example]]]:
    """Each section with its examples; all of them in as many queries as one note."""
    sources = [[str(source) for source in section.examples] for section in wanted]
    # Notes that nobody will save; their numbers tell their headings and footnotes apart.
    bodies = [source for some in sources for source in some]
    made = iter(show([Note(pk=-number, body=body) for number, body in enumerate(bodies, start=1)], eyes, top=3))
    return [
        (section, [Example(source, next(made).html) for source in some])
        for section, some in zip(wanted, sources, strict=True)
    ]
