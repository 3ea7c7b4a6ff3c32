"""A paper with the chosen value of each of its fields: what pages show and filters read."""

from __future__ import annotations

import uuid

from django.db import models
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from apps.papers.dates import show
from apps.papers.querysets import PaperQuerySet
from apps.papers.titles import title_key
from apps.search.words import fold
from apps.vocabulary.models import ArxivCategory, Author, Organisation, Tag, Venue

# So many letters of a title's key must agree before two titles are called near.
TITLE_START = 40
# Letters of a Chinese title's key that are kept to find it by.
KEY_OF_CHINESE = 200
# What follows a paper's number in addresses that are not its page.
_NO_SLUGS = {"card", "remark", "state"}


def slug_of(title: str) -> str:
    """What follows a paper's number in the address of its page."""
    slug = slugify(title)[:60].strip("-") or "paper"
    return f"{slug}-paper" if slug in _NO_SLUGS else slug


class Paper(models.Model):
    """Values here are chosen among the statements (see apps/papers/choose.py), never written by an import directly."""

    class Precision(models.TextChoices):
        YEAR = "year", _("year")
        MONTH = "month", _("month")
        DAY = "day", _("day")

    class Status(models.TextChoices):
        UNKNOWN = "", _("not stated")
        PREPRINT = "preprint", _("preprint")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class Metadata(models.TextChoices):
        NONE = "", _("as stated")
        PENDING = "pending", _("metadata pending")
        NOT_FOUND = "notfound", _("not found at arXiv")
        FAILED = "failed", _("metadata could not be fetched")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.TextField(_("title"))
    title_key = models.CharField(max_length=500, editable=False, db_index=True)
    title_start = models.CharField(max_length=TITLE_START, editable=False, db_index=True, default="")
    title_zh = models.TextField(_("Chinese title"), blank=True)
    title_zh_key = models.CharField(max_length=KEY_OF_CHINESE, editable=False, db_index=True, default="")
    summary = models.TextField(_("one-line summary"), blank=True)
    summary_zh = models.TextField(_("one-line summary in Chinese"), blank=True)
    abstract = models.TextField(_("abstract"), blank=True)
    abstract_cut = models.BooleanField(_("abstract is cut off"), default=False)
    abstract_zh = models.TextField(_("Chinese abstract"), blank=True)
    abstract_zh_cut = models.BooleanField(_("Chinese abstract is cut off"), default=False)
    published = models.DateField(pgettext_lazy("date", "published"), null=True, blank=True)
    precision = models.CharField(_("precision of the date"), max_length=5, choices=Precision, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True, db_index=True)
    arxiv_id = models.CharField(_("arXiv id"), max_length=40, null=True, blank=True, unique=True)
    arxiv_version = models.PositiveSmallIntegerField(_("newest arXiv version we know"), null=True, blank=True)
    doi = models.CharField(_("DOI"), max_length=200, null=True, blank=True, unique=True)
    openreview_id = models.CharField(_("OpenReview id"), max_length=60, null=True, blank=True, unique=True)
    url = models.URLField(_("address"), max_length=1000, blank=True)
    pdf_url = models.URLField(_("PDF"), max_length=1000, blank=True)
    venue = models.ForeignKey(
        Venue, on_delete=models.SET_NULL, null=True, blank=True, related_name="papers", verbose_name=_("venue")
    )
    venue_raw = models.CharField(_("venue as it was written"), max_length=300, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, blank=True, default=Status.UNKNOWN)
    metadata = models.CharField(_("metadata"), max_length=10, choices=Metadata, blank=True, default=Metadata.NONE)
    # Which of the values are a machine's words (title_zh, summary_zh, abstract_zh): pages say so.
    by_machine = models.JSONField(default=list, blank=True, editable=False)
    key_technique = models.TextField(_("key technique"), blank=True)
    reading_focus = models.TextField(_("reading focus"), blank=True)
    organisations = models.ManyToManyField(
        Organisation, blank=True, related_name="papers", verbose_name=_("organisations")
    )
    tags = models.ManyToManyField(Tag, blank=True, related_name="papers", verbose_name=_("tags"))
    categories = models.ManyToManyField(
        ArxivCategory, blank=True, related_name="papers", verbose_name=_("arXiv categories")
    )
    authors = models.ManyToManyField(
        Author, through="Authorship", blank=True, related_name="papers", verbose_name=_("authors")
    )
    search_text = models.TextField(editable=False, default="")
    added = models.DateTimeField(_("added"), auto_now_add=True, db_index=True)
    changed = models.DateTimeField(pgettext_lazy("date", "changed"), auto_now=True)

    history = HistoricalRecords(excluded_fields=["search_text", "title_key", "title_start", "title_zh_key", "changed"])
    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        ordering = ["-published", "-id"]
        indexes = [
            models.Index(fields=["-published", "-id"], name="paper_newest"),
            models.Index(fields=["metadata"], condition=~models.Q(metadata=""), name="paper_metadata"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(published__isnull=True, precision="")
                | models.Q(published__isnull=False, precision__in=["year", "month", "day"]),
                name="paper_date_has_precision",
            ),
            models.CheckConstraint(condition=~models.Q(title=""), name="paper_has_title"),
            models.CheckConstraint(
                condition=~models.Q(arxiv_id="") & ~models.Q(doi="") & ~models.Q(openreview_id=""),
                name="paper_ids_null_not_empty",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def derive(self, names: list[str]) -> None:
        """Set the fields that follow from the others; `names` are the paper's short names."""
        self.title_key = title_key(self.title)[:500]
        self.title_start = self.title_key[:TITLE_START]
        self.title_zh_key = title_key(self.title_zh)[:KEY_OF_CHINESE]
        self.year = self.published.year if self.published else self.year
        parts = [self.title, self.title_zh, *names, self.arxiv_id, self.doi, self.summary, self.summary_zh]
        parts += [self.abstract, self.abstract_zh, self.key_technique, self.reading_focus]
        self.search_text = fold("\n".join(part for part in parts if part))

    def save(self, *args: object, **kwargs: object) -> None:
        for name in ("arxiv_id", "doi", "openreview_id"):
            setattr(self, name, getattr(self, name) or None)
        self.derive([name.name for name in self.names.all()] if self.pk else [])
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    @property
    def slug(self) -> str:
        return slug_of(self.title)

    def get_absolute_url(self) -> str:
        return reverse("paper_detail", args=[self.pk, self.slug])

    @property
    def published_text(self) -> str:
        return show(self.published, self.precision) if self.published else str(self.year or "")

    @property
    def label(self) -> str:
        """The title in the page's language; a machine's is none where no mark of it can stand."""
        chinese = (get_language() or "").startswith("zh")
        return self.title_zh if chinese and self.title_zh and "title_zh" not in self.by_machine else self.title

    @property
    def arxiv_url(self) -> str:
        return f"https://arxiv.org/abs/{self.arxiv_id}" if self.arxiv_id else ""

    @property
    def doi_url(self) -> str:
        return f"https://doi.org/{self.doi}" if self.doi else ""


class PaperName(models.Model):
    """A short name that documents use for a paper. Two papers may share one: it is never a key."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="names", db_index=False)
    name = models.CharField(_("short name"), max_length=200)
    key = models.CharField(max_length=200, editable=False, db_index=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("short name")
        verbose_name_plural = _("short names")
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["paper", "key"], name="paper_name_once")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        from apps.vocabulary.folding import fold as fold_name

        self.key = fold_name(self.name)[:200]
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class PaperTitle(models.Model):
    """A title that some source gives the paper besides the chosen one: a document that uses it means this paper."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="other_titles", db_index=False)
    title = models.TextField(_("title"))
    key = models.CharField(max_length=500, editable=False, db_index=True)

    class Meta:
        verbose_name = _("other title")
        verbose_name_plural = _("other titles")
        ordering = ["id"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["paper", "key"], name="paper_title_once")]

    def __str__(self) -> str:
        return self.title


class PaperLink(models.Model):
    """An address that belongs to a paper besides its own."""

    class Kind(models.TextChoices):
        CODE = "code", _("code")
        PROJECT = "project", _("project")
        DATA = "data", _("data")
        PDF = "pdf", _("PDF")
        SLIDES = "slides", _("slides")
        FIGURE = "figure", _("figure")

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="links", db_index=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    url = models.URLField(_("address"), max_length=1000)
    label = models.CharField(_("label"), max_length=100, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["paper", "kind", "url"], name="paper_link_once")]

    def __str__(self) -> str:
        return self.url


class Authorship(models.Model):
    """One author's place on a paper."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="authorships", db_index=False)
    author = models.ForeignKey(Author, on_delete=models.PROTECT, related_name="authorships", verbose_name=_("author"))
    position = models.PositiveSmallIntegerField(_("position"))

    class Meta:
        verbose_name = _("authorship")
        verbose_name_plural = _("authors")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["paper", "author"], name="author_once_per_paper")]

    def __str__(self) -> str:
        return str(self.author)
