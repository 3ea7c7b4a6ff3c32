"""Which pictures a note shows: its readers may see those, and what stands on another host waits to be fetched."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from apps.core.markup import Slot
from apps.notes.models import Image, Mirror, Note, NotePicture
from apps.notes.pictures import fetching
from apps.notes.pictures.names import is_elsewhere, ours

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def write_pictures(note: Note, slots: Sequence[Slot]) -> None:
    """Make the note's NotePictures those of its slots; earlier ones stay, no longer `current`."""
    addresses = {slot.values["src"] for slot in slots if slot.kind == "picture"}
    if not addresses and not note.pictures.filter(current=True).exists():
        return
    images = _images(note, addresses)
    mirrors = _mirrors(note, addresses)
    _write(note, images, mirrors)
    if any(mirror.state == Mirror.State.WAITING for mirror in mirrors):
        fetching.fetch_later()


def link(note: Note, images: Iterable[Image]) -> None:
    """Say that the note shows these, whoever wrote it: for those who bring in notes and pictures together."""
    NotePicture.objects.bulk_create((NotePicture(note=note, image=each) for each in images), ignore_conflicts=True)


def key_of(address: str) -> str:
    return hashlib.sha256(address.encode("utf-8", "replace")).hexdigest()


def _writer(note: Note) -> User | AnonymousUser:
    return note.changed_by or note.author or AnonymousUser()


def _images(note: Note, addresses: Iterable[str]) -> list[Image]:
    """Ours. Nobody opens a picture to others by guessing its address: who writes it must see it, or it was here."""
    named = {name.sha256: name.kind for address in addresses if (name := ours(address))}
    if not named:
        return []
    found = Image.objects.filter(sha256__in=named)
    may = set(found.visible_to(_writer(note)).values_list("pk", flat=True))
    may |= set(found.filter(shown_in__note=note).values_list("pk", flat=True))
    return [image for image in found if image.pk in may and named[image.sha256] == image.kind]


def _mirrors(note: Note, addresses: Iterable[str]) -> list[Mirror]:
    wanted = {key_of(address): address for address in addresses if is_elsewhere(address) and not ours(address)}
    if not wanted:
        return []
    known = {mirror.key: mirror for mirror in Mirror.objects.filter(key__in=wanted)}
    fresh = [Mirror(url=url, key=key) for key, url in wanted.items() if key not in known]
    if fresh:
        Mirror.objects.bulk_create(fresh, ignore_conflicts=True)
        known = {mirror.key: mirror for mirror in Mirror.objects.filter(key__in=wanted)}
    hidden = _hidden(note, known.values())
    return [mirror for mirror in known.values() if mirror.pk not in hidden]


def _hidden(note: Note, mirrors: Iterable[Mirror]) -> set[int]:
    """What somebody put by hand in the place of a picture, in a note that the writer of this one cannot read."""
    by_hand = [mirror for mirror in mirrors if mirror.replaced_by_id and mirror.image_id]
    if not by_hand:
        return set()
    mirrors_here = Q(shown_in__note=note) | Q(image__in=Image.objects.visible_to(_writer(note)))
    open_ones = Mirror.objects.filter(mirrors_here, pk__in=[mirror.pk for mirror in by_hand])
    return {mirror.pk for mirror in by_hand} - set(open_ones.values_list("pk", flat=True))


def _write(note: Note, images: Sequence[Image], mirrors: Sequence[Mirror]) -> None:
    now = {("image", each.pk) for each in images} | {("mirror", each.pk) for each in mirrors}
    before = {
        ("image", each.image_id) if each.image_id else ("mirror", each.mirror_id): each for each in note.pictures.all()
    }
    fresh = [NotePicture(note=note, **{f"{kind}_id": pk}) for kind, pk in sorted(now - before.keys())]
    NotePicture.objects.bulk_create(fresh, ignore_conflicts=True)
    for current in (True, False):
        changed = [each.pk for key, each in before.items() if (key in now) is current and each.current is not current]
        if changed:
            NotePicture.objects.filter(pk__in=changed).update(current=current)
