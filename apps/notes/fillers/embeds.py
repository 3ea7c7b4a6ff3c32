"""{{table: …}}, {{list: …}} and {{cite}}: the rooms that know tables and lists answer, for the eyes of the reader."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from django.conf import settings
from django.utils.html import format_html
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.accounts.eyes import Eyes
from apps.core.filters import shown
from apps.core.markup import Filled, Slot
from apps.notes.citing import references_of
from apps.notes.links import Meanings
from apps.notes.models import Note

MOST_OF_A_NOTE, MOST_OF_A_PAGE = 10, 30
CITE = "cite"
_NOTHING = Filled(SafeString(""))

# What stands in NOTE_EMBEDS: the arguments of all embeds of one name on a page, each once; answers in the same order.
Embed = Callable[[Sequence[str], Eyes], Sequence[SafeString]]
WithSlots = tuple[Note, Sequence[Slot], Meanings]


def embeds_of(notes: Sequence[WithSlots], eyes: Eyes) -> list[list[Filled]]:
    """For each note what stands in its embeds, in their order."""
    wanted = [[slot for slot in slots if slot.kind == "embed"] for _note, slots, _meant in notes]
    if not any(wanted):
        return [[] for _each in notes]
    if not _is_open(eyes):
        closed = Filled(_sentence(_("Here stand papers of the library, for people with an account.")))
        return [[closed if place < MOST_OF_A_NOTE else _NOTHING for place, _slot in enumerate(each)] for each in wanted]
    made = _made([slot for slots in wanted for slot in slots[:MOST_OF_A_NOTE]], eyes)
    cited = references_of(
        [(note, slots, meant) if _cites(of) else None for (note, slots, meant), of in zip(notes, wanted, strict=True)],
        eyes,
    )
    return [
        [Filled(_one(place, slot, made, references)) for place, slot in enumerate(slots)]
        for slots, references in zip(wanted, cited, strict=True)
    ]


def _is_open(eyes: Eyes) -> bool:
    """Behind a share link stands what it shares, and nothing of the library around it."""
    return eyes.on_site or bool(settings.PAPERNOTES_PUBLIC)


def _cites(slots: Iterable[Slot]) -> bool:
    return any(slot.values["name"] == CITE for slot in slots)


def _made(slots: Iterable[Slot], eyes: Eyes) -> dict[tuple[str, str], SafeString]:
    """What the rooms answer, by name and arguments; of a page with very many only the first are made."""
    wanted: dict[str, list[str]] = {}
    for name, arguments in list(dict.fromkeys(map(_asked, slots)))[:MOST_OF_A_PAGE]:
        if name in settings.NOTE_EMBEDS:
            wanted.setdefault(name, []).append(arguments)
    made: dict[tuple[str, str], SafeString] = {}
    for name, many in wanted.items():
        embed: Embed = import_string(settings.NOTE_EMBEDS[name])
        made |= {(name, arguments): html for arguments, html in zip(many, embed(many, eyes), strict=True)}
    return made


def _asked(slot: Slot) -> tuple[str, str]:
    return slot.values["name"], slot.values["arguments"].strip()


def _one(place: int, slot: Slot, made: Mapping[tuple[str, str], SafeString], references: SafeString) -> SafeString:
    name, arguments = _asked(slot)
    if place >= MOST_OF_A_NOTE:
        return _one_too_many() if place == MOST_OF_A_NOTE else SafeString("")
    if name == CITE:
        return _sentence(_("“cite” takes no words after it.")) if arguments else references
    if name not in settings.NOTE_EMBEDS:
        known = pgettext("between words", ", ").join([*settings.NOTE_EMBEDS, CITE])
        words = {"name": shown(name), "known": known}
        return _sentence(_("There is nothing called “%(name)s” to show here; there are: %(known)s.") % words)
    return made.get((name, arguments)) or _sentence(
        _("This page shows very many tables; open the note to see this one.")
    )


def _one_too_many() -> SafeString:
    return _sentence(
        _("A note shows at most %(most)s tables and lists; the others are left out.") % {"most": MOST_OF_A_NOTE}
    )


def _sentence(words: str) -> SafeString:
    return format_html('<p class="embed-says">{}</p>', words)
