"""Pictures of ours, our copies of those elsewhere, and a labelled place where we have none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from apps.accounts.eyes import Eyes
from apps.core.markup import Filled, Slot
from apps.core.markup.filling import PLAIN, REL
from apps.notes.models import Image, Mirror
from apps.notes.pictures import fetching
from apps.notes.pictures.names import address_of, is_elsewhere, ours
from apps.notes.pictures.shown import key_of

_NOTHING = SafeString("")


@dataclass(frozen=True, slots=True)
class Pictures:
    """What is known of all the pictures on one page, for one reader."""

    eyes: Eyes
    images: dict[tuple[str, str], Image]  # by hash and kind: only those that the reader may see
    mirrors: dict[str, Mirror]  # by address

    @classmethod
    def of(cls, slots: Iterable[Slot], eyes: Eyes) -> Pictures:
        addresses = {slot.values["src"] for slot in slots if slot.kind == "picture"}
        names = {name.sha256 for address in addresses if (name := ours(address))}
        keys = {key_of(address) for address in addresses if is_elsewhere(address) and not ours(address)}
        mirrors = list(Mirror.objects.filter(key__in=keys)) if keys else []
        wanted = Image.objects.filter(sha256__in=names) | Image.objects.filter(
            pk__in=[mirror.image_id for mirror in mirrors if mirror.image_id]
        )
        seen = list(wanted.visible_to(eyes.user)) if names or mirrors else []
        by_id = {image.pk: image for image in seen}
        for mirror in mirrors:
            mirror.image = by_id.get(mirror.image_id or 0)
        return cls(eyes, {(each.sha256, each.kind): each for each in seen}, {each.url: each for each in mirrors})

    def may_mend(self) -> bool:
        return self.eyes.on_site and self.eyes.user.has_perm("notes.add_note")


def fill_pictures(slots: Sequence[Slot], pictures: Pictures) -> Sequence[Filled]:
    may_mend = bool(slots) and pictures.may_mend()
    return [_filled(slot, pictures, may_mend) for slot in slots]


def _filled(slot: Slot, pictures: Pictures, may_mend: bool) -> Filled:
    address = slot.values["src"]
    if name := ours(address):
        image = pictures.images.get((name.sha256, name.kind))
        return Filled(_shown(slot, image, pictures) if image else _not_ours_to_see(slot))
    if not is_elsewhere(address):
        return PLAIN["picture"]([slot])[0]
    mirror = pictures.mirrors.get(address)
    if mirror and mirror.image:
        return Filled(_shown(slot, mirror.image, pictures) + _source(slot, mirror, may_mend))
    return Filled(_missing(slot, mirror, may_mend))


def _shown(slot: Slot, image: Image, pictures: Pictures) -> SafeString:
    address = address_of(image, pictures.eyes.token)
    title = format_html(' title="{}"', slot.values["title"]) if slot.values["title"] else _NOTHING
    shown = format_html(
        '<img class="picture" src="{}" alt="{}" width="{}" height="{}" loading="lazy" decoding="async"{}>',
        address, slot.values["alt"], image.width, image.height, title,
    )  # fmt: skip
    if slot.values["linked"]:
        return shown
    # A link without words is named by what the picture shows; without that by what it is.
    label = _NOTHING if slot.values["alt"].strip() else format_html(' aria-label="{}"', _("Picture"))
    return format_html('<a class="picture-link" href="{}"{}>{}</a>', address, label, shown)


def _source(slot: Slot, mirror: Mirror, may_mend: bool) -> SafeString:
    """Below our copy: where it comes from."""
    if slot.values["linked"]:
        return _NOTHING
    words = _("Copy of a picture on %(host)s") % {"host": _host(slot)}
    mend = format_html(" · {}", _mend(mirror)) if may_mend else _NOTHING
    return format_html(
        '<span class="picture-source"><a href="{}" rel="{}">{}</a>{}</span>', slot.values["src"], REL, words, mend
    )


def _mend(mirror: Mirror) -> SafeString:
    address = reverse("picture_elsewhere", args=[mirror.pk])
    return format_html('<a class="picture-mend no-print" href="{}">{}</a>', address, _("Replace it"))


def _missing(slot: Slot, mirror: Mirror | None, may_mend: bool) -> SafeString:
    address, host = slot.values["src"], _host(slot)
    words = _("Picture on %(host)s: %(label)s") % {"host": host, "label": _label(slot)}
    parts = [format_html('<span class="picture-label">{}</span>', words)]
    parts.append(format_html('<span class="picture-why">{}</span>', _why(mirror)))
    if not slot.values["linked"]:  # a link holds no link
        if mirror and may_mend:
            parts.append(_mend(mirror))
        shown = address if len(address) <= 120 else f"{address[:119]}…"
        parts.append(format_html('<a class="picture-address" href="{}" rel="{}">{}</a>', address, REL, shown))
    return format_html(
        '<span class="picture-elsewhere">{}</span>', format_html_join("", "{}", ((part,) for part in parts))
    )


def _why(mirror: Mirror | None) -> str:
    if not fetching.is_on() and (mirror is None or mirror.state == Mirror.State.WAITING):
        return _("This site fetches no pictures from elsewhere.")
    if mirror is None:
        return _("It is fetched once the note is saved.")
    if mirror.state == Mirror.State.WAITING:
        return _("It waits to be fetched.")
    return _(mirror.reason) if mirror.reason else _("It is not kept here.")


def _not_ours_to_see(slot: Slot) -> SafeString:
    words = _("Picture: %(label)s") % {"label": slot.values["alt"].strip() or "?"}
    return format_html(
        '<span class="picture-elsewhere"><span class="picture-label">{}</span><span class="picture-why">{}</span></span>',
        words, _("It is gone, or not yours to see."),
    )  # fmt: skip


def _label(slot: Slot) -> str:
    address = slot.values["src"].split("#")[0].split("?")[0]
    return slot.values["alt"].strip() or address.rsplit("/", 1)[-1][:80] or _("picture")


def _host(slot: Slot) -> str:
    try:
        return urlsplit(slot.values["src"]).hostname or ""
    except ValueError:  # brackets that hold no address
        return ""
