"""Pictures: uploaded or fetched once, kept under the hash of their bytes, seen by whoever may read a note with them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.notes.models.note import Note


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
