"""Pictures: uploaded or fetched once, kept under the hash of their bytes, seen by whoever may read a note with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from apps.notes.models.note import Note

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User


class ImageQuerySet(models.QuerySet["Image"]):
    def visible_to(self, user: User | AnonymousUser) -> ImageQuerySet:
        """What notes show that this person may read, and what they brought themselves."""
        shown = NotePicture.objects.readable_by(user)
        seen = _is_shown(shown)
        if user.is_authenticated:
            seen |= Q(Exists(Upload.objects.filter(image=OuterRef("pk"), user_id=user.pk)))
        return self.filter(seen)

    def shown_by(self, notes: models.QuerySet[Note]) -> ImageQuerySet:
        """In their text as it is now."""
        return self.filter(_is_shown(NotePicture.objects.filter(note__in=notes, current=True)))

    def unused(self) -> ImageQuerySet:
        """Nobody brought them, and no note or mirror has them."""
        return self.filter(uploads__isnull=True, shown_in__isnull=True, mirrors__isnull=True)


def _is_shown(shown: models.QuerySet[NotePicture]) -> Q:
    """Whether among these is the picture, or a mirror that holds it."""
    return Q(Exists(shown.filter(image=OuterRef("pk")))) | Q(Exists(shown.filter(mirror__image=OuterRef("pk"))))


class MirrorQuerySet(models.QuerySet["Mirror"]):
    def visible_to(self, user: User | AnonymousUser) -> MirrorQuerySet:
        return self.filter(Exists(NotePicture.objects.readable_by(user).filter(mirror=OuterRef("pk"))))


class NotePictureQuerySet(models.QuerySet["NotePicture"]):
    def showing(self, image: Image) -> NotePictureQuerySet:
        """In the text of a note as it is now."""
        return self.filter(Q(image=image) | Q(mirror__image=image), current=True)

    def readable_by(self, user: User | AnonymousUser) -> NotePictureQuerySet:
        """Of earlier versions only what its author, or the whole team, could read when they were written."""
        notes = Note.objects.visible_to(user)
        team = Note.history.filter(id=OuterRef("note_id"), visibility=Note.Visibility.TEAM)
        told = team.filter(Q(body__contains=OuterRef("image__sha256")) | Q(body__contains=OuterRef("mirror__url")))
        earlier = Q(Exists(told))
        if user.is_authenticated:
            earlier |= Q(note__author_id=user.pk)
        return self.filter(Q(current=True) | earlier, note__in=notes)


class Image(models.Model):
    """Bytes that we wrote ourselves, re-encoded and without metadata: MEDIA_ROOT/images/ab/ab….png."""

    class Kind(models.TextChoices):
        PNG = "png"
        JPEG = "jpg"
        WEBP = "webp"
        GIF = "gif"

    sha256 = models.CharField(max_length=64, unique=True)
    kind = models.CharField(_("kind"), max_length=4, choices=Kind)
    width = models.PositiveIntegerField(_("width"))  # pixels
    height = models.PositiveIntegerField(_("height"))
    size = models.PositiveIntegerField(_("size"))  # bytes
    created = models.DateTimeField(_("created"), auto_now_add=True)

    objects = ImageQuerySet.as_manager()

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def __str__(self) -> str:
        return f"{self.sha256[:12]}.{self.kind}"


class Upload(models.Model):
    """Who brought a picture: they see it before a note shows it to others."""

    image = models.ForeignKey(Image, on_delete=models.CASCADE, related_name="uploads")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="uploads")
    name = models.CharField(_("file name"), max_length=200, blank=True)
    created = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["image", "user"], name="upload_once")]

    def __str__(self) -> str:
        return self.name or str(self.image_id)


class Mirror(models.Model):
    """A picture that notes show from another host: our own copy, once it was fetched or put here by hand."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        KEPT = "kept", _("kept")
        AWAY = "away", _("cannot be reached")
        REFUSED = "refused", _("refused")

    url = models.TextField(_("address"))
    key = models.CharField(max_length=64, unique=True, editable=False)  # sha256 of the address
    image = models.ForeignKey(Image, on_delete=models.PROTECT, null=True, blank=True, related_name="mirrors")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    reason = models.CharField(_("reason"), max_length=200, blank=True)  # English; shown through gettext
    attempts = models.PositiveSmallIntegerField(default=0)
    tried = models.DateTimeField(_("last tried"), null=True, blank=True)
    replaced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = MirrorQuerySet.as_manager()

    class Meta:
        verbose_name = _("picture elsewhere")
        verbose_name_plural = _("pictures elsewhere")

    def __str__(self) -> str:
        return self.url


class NotePicture(models.Model):
    """A note shows, or in an earlier version showed (`current` false), a picture: its readers may see it."""

    note = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="pictures")
    image = models.ForeignKey(Image, on_delete=models.CASCADE, null=True, blank=True, related_name="shown_in")
    mirror = models.ForeignKey(Mirror, on_delete=models.CASCADE, null=True, blank=True, related_name="shown_in")
    current = models.BooleanField(default=True)

    objects = NotePictureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["note", "image"], name="note_picture_image"),
            models.UniqueConstraint(fields=["note", "mirror"], name="note_picture_mirror"),
            models.CheckConstraint(
                condition=models.Q(image__isnull=False, mirror__isnull=True)
                | models.Q(image__isnull=True, mirror__isnull=False),
                name="note_picture_is_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.note_id}: {self.image_id or self.mirror_id}"
