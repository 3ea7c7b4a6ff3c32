"""Pictures come in: written anew in a child that a bomb may kill, then kept; or refused with a sentence."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from apps.core import confined
from apps.notes.models import Image, Upload
from apps.notes.pictures import names, store
from apps.notes.pictures.limits import MOST_BYTES

if TYPE_CHECKING:
    from django.contrib.auth.models import User

logger = logging.getLogger(__name__)

SECONDS = 12.0
_PATIENCE = 4  # times that somebody else's work is waited for

# In English, because a Mirror keeps it too; shown through gettext.
_SENTENCES = {
    "empty": gettext_noop("The file is empty."),
    "bytes": gettext_noop("The picture is larger than 10 MB. Save it smaller and try again."),
    "type": gettext_noop("This is no picture that can be kept: only PNG, JPEG, WebP and GIF."),
    "broken": gettext_noop("The picture is damaged: it cannot be read to its end."),
    "pixels": gettext_noop("The picture has more than 40 megapixels. Save it smaller and try again."),
    "sides": gettext_noop("The picture is more than 30,000 pixels long. Cut it into several."),
    "large": gettext_noop("The picture would take more than 20 MB. Save it smaller and try again."),
    "heavy": gettext_noop("The picture takes too much time or memory to read. Save it smaller and try again."),
    "busy": gettext_noop("Too many pictures come in at once. Try again in a moment."),
    "room": gettext_noop("The disk is full: the picture was not kept. An administrator has to make room."),
}
_STATUS = {"bytes": 413, "pixels": 413, "sides": 413, "large": 413, "busy": 503, "room": 507}


class Refused(Exception):
    """Why a picture was not taken: `sentence` in the language of the page, `reason` in English, `status` for HTTP."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code, self.reason, self.status = code, _SENTENCES[code], _STATUS.get(code, 400)

    @property
    def sentence(self) -> str:
        return _(self.reason)

    @property
    def passing(self) -> bool:
        """Whether the same file may be taken another time."""
        return self.code in {"busy", "room"}


def take_in(data: bytes, *, as_it_is: bool = False) -> tuple[Image, bool]:
    """The picture, and whether of one that moves only the first frame was kept. Raises Refused.

    `as_it_is`: bytes that hold nothing but a picture stay the same bytes (those that we wrote once ourselves do).
    """
    if not data:
        raise Refused("empty")
    if len(data) > MOST_BYTES and not as_it_is:
        raise Refused("bytes")
    try:
        with store.workshop() as work:
            source, made = work / "source", work / "made"
            source.write_bytes(data)
            facts = _encoded(source, made, as_it_is)
            if "refused" in facts:
                raise Refused(facts["refused"])
            still = facts.pop("still")
            return store.keep(made, **facts), still
    except store.NoRoom:
        raise Refused("room") from None


def take_upload(data: bytes, name: str, user: User) -> tuple[Image, bool]:
    """The same, remembered as theirs: they see it before a note shows it to others."""
    image, still = take_in(data)
    Upload.objects.get_or_create(image=image, user=user, defaults={"name": names.harmless(name, 200)})
    return image, still


def _encoded(source: Path, made: Path, as_it_is: bool) -> dict[str, Any]:
    for attempt in range(_PATIENCE):
        try:
            facts: dict[str, Any] = confined.call(
                "apps.notes.pictures.encoding:encode", str(source), str(made), as_it_is, seconds=SECONDS
            )
            return facts
        except confined.ConfinedError as error:
            logger.warning("a picture could not be written anew: %s", error.type)
            raise Refused("broken") from None
        except confined.TooMuch as too_much:
            if too_much.reason != "busy":
                raise Refused("heavy") from None
            if attempt == _PATIENCE - 1:
                raise Refused("busy") from None
    raise AssertionError("unreachable")
