"""Rendered text on a page: its slots filled for one reader. The only module that says that HTML is safe."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop, pgettext_lazy

from apps.core.markup.rendered import CLOSE, OPEN, PREFIX, Rendered, Slot
from apps.core.markup.sanitiser import LINK

REL = "noopener nofollow ugc"
_NOTHING = SafeString("")
_MARK = re.compile(rf"{OPEN}([0-9]+)([oc]?){CLOSE}")
_HEADING = re.compile(r"<(/?)h([1-6])")
_REFUSALS = {
    "long": gettext_noop("This text is longer than a megabyte, so it is shown as it was typed."),
    "deep": gettext_noop("This text is nested too deeply, so it is shown as it was typed."),
    "large": gettext_noop("This text would make an enormous page, so it is shown as it was typed."),
    "huge": gettext_noop("This text would make an enormous page, so only its beginning is shown, as it was typed."),
    "busy": gettext_noop(
        "There was no time yet to set this text, so it is shown as it was typed; look again in a moment."
    ),
    "slow": gettext_noop("This text takes too long to set, so it is shown as it was typed."),
}
# Every word that the engine puts into a text; the names of callouts mean something else beside notes and examples.
WORDS = {
    "Note": pgettext_lazy("callout", "Note"),
    "Tip": pgettext_lazy("callout", "Tip"),
    "Important": pgettext_lazy("callout", "Important"),
    "Warning": pgettext_lazy("callout", "Warning"),
    "Caution": pgettext_lazy("callout", "Caution"),
    "Question": pgettext_lazy("callout", "Question"),
    "Example": pgettext_lazy("callout", "Example"),
    "Summary": pgettext_lazy("callout", "Summary"),
    "Quote": pgettext_lazy("callout", "Quote"),
    "Link to this heading": gettext_lazy("Link to this heading"),
    "Back to the text": gettext_lazy("Back to the text"),
    "Done:": gettext_lazy("Done:"),
    "To do:": gettext_lazy("To do:"),
    "This formula is too long to be set": gettext_lazy("This formula is too long to be set"),
    "This text has more formulas than can be set": gettext_lazy("This text has more formulas than can be set"),
    "This formula could not be read": gettext_lazy("This formula could not be read"),
}


@dataclass(frozen=True, slots=True)
class Filled:
    """What stands in a slot; `after` stands behind the words that it encloses."""

    before: SafeString
    after: SafeString = _NOTHING


# All slots of one kind at once, so that a filler may ask the database once for all; answers in the same order.
Filler = Callable[[Sequence[Slot]], Sequence[Filled]]


def fill(
    rendered: Rendered, fillers: Mapping[str, Filler] | None = None, *, top: int = 2, ids: str | int = ""
) -> SafeString:
    """Its highest level of headings becomes `top`; `ids` tells two texts on one page apart."""
    filled = _filled(rendered.slots, {**PLAIN, **(fillers or {})})
    shift = top - min((heading.level for heading in rendered.outline), default=top)
    html = _HEADING.sub(lambda h: f"<{h[1]}h{min(6, int(h[2]) + shift)}", rendered.html) if shift else rendered.html
    html = html.replace(PREFIX, str(escape(ids)))
    html = _MARK.sub(lambda m: filled[int(m[1])].after if m[2] == "c" else filled[int(m[1])].before, html)
    if rendered.refused:
        html = f'<p class="notice notice-warning">{escape(_(_REFUSALS[rendered.refused]))}</p>{html}'
    return mark_safe(html)  # noqa: S308


def _filled(slots: Sequence[Slot], fillers: Mapping[str, Filler]) -> list[Filled]:
    filled = [Filled(_NOTHING)] * len(slots)
    for kind in {slot.kind for slot in slots}:
        places = [number for number, slot in enumerate(slots) if slot.kind == kind]
        for number, content in zip(places, fillers[kind]([slots[n] for n in places]), strict=True):
            filled[number] = content
    return filled


def a_link(href: str) -> Filled:
    """A link to another site, or to a place on this one; words only where the address is none that we allow."""
    if not LINK.match(href):
        return Filled(_NOTHING)
    return Filled(format_html('<a href="{}" rel="{}">', href, REL), SafeString("</a>"))


def a_picture_elsewhere(slot: Slot) -> Filled:
    """The page never calls another host: a picture becomes its label, and a link that the reader may follow."""
    address = slot.values["src"]
    label = slot.values["alt"].strip() or address.rsplit("/", 1)[-1]
    host = urlsplit(address).hostname if address.startswith(("http://", "https://")) else None
    words = _("Picture: %(label)s") % {"label": label}
    if host:
        words = _("Picture on %(host)s: %(label)s") % {"host": host, "label": label}
    if slot.values["linked"] or not LINK.match(address):  # a link holds no link
        return Filled(format_html('<span class="picture-elsewhere">{}</span>', words))
    return Filled(
        format_html('<span class="picture-elsewhere"><a href="{}" rel="{}">{}</a></span>', address, REL, words)
    )


def _as_typed(slot: Slot) -> Filled:
    return Filled(format_html("[[{}]]", slot.values["label"] or slot.values["ref"]))


def _command(slot: Slot) -> Filled:
    words = ": ".join(filter(None, (slot.values["name"], slot.values["arguments"])))
    return Filled(format_html("<p>{{{{{}}}}}</p>", words))


def _ours(slots: Sequence[Slot]) -> list[Filled]:
    """Our own words in the reader's language; a text says the same few again and again."""
    words = {word: Filled(format_html("{}", WORDS.get(word, ""))) for word in {slot.values["word"] for slot in slots}}
    return [words[slot.values["word"]] for slot in slots]


# What stands where nobody knows papers and pictures.
PLAIN: dict[str, Filler] = {
    "link": lambda slots: [a_link(slot.values["href"]) for slot in slots],
    "picture": lambda slots: [a_picture_elsewhere(slot) for slot in slots],
    "paper": lambda slots: [_as_typed(slot) for slot in slots],
    "embed": lambda slots: [_command(slot) for slot in slots],
    "word": _ours,
}
