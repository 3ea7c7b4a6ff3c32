"""Saved arXiv queries, and what they found: an inbox of papers that a person keeps or dismisses."""

from __future__ import annotations

from datetime import date, datetime
from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.harvest import categories, wanted
from apps.papers.models import Paper


class ArxivQueryQuerySet(models.QuerySet["ArxivQuery"]):
    def active(self, category: str) -> Self:
        return self.filter(active=True, category=category)

    def not_looked_since(self, moment: datetime) -> Self:
        return self.filter(Q(looked_at__isnull=True) | Q(looked_at__lt=moment))


class ArxivQuery(models.Model):
    """A category and words that are looked for in it every day, for the whole team."""

    class Outcome(models.TextChoices):
        """How the last look ended; these are told apart."""

        NEVER = "", _("not looked yet")
        FRESH = "fresh", _("new papers")
        NOTHING = "nothing", _("announced, but nothing that fits")
        NO_ANNOUNCEMENT = "no-announcement", _("a day without announcement")
        SAME_AGAIN = "same-again", _("the same batch as before")
        EMPTY = "empty", _("an empty answer on a day that should have papers")
        FAILED = "failed", _("arXiv gave no answer")

    name = models.CharField(_("name"), max_length=200)
    category = models.CharField(_("arXiv category"), max_length=40)
    words = models.CharField(
        _("words"),
        max_length=500,
        blank=True,
        help_text=_('All of them must occur: LLM recommend*. "A phrase", this OR that, -without. Empty: everything.'),
    )
    active = models.BooleanField(_("look every day"), default=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    tag = models.CharField(max_length=200, blank=True, editable=False)  # ETag of the last batch
    day = models.DateField(_("last announcement"), null=True, blank=True, editable=False)
    names = models.JSONField(default=list, blank=True, editable=False)  # of the last batch: ids with versions
    outcome = models.CharField(_("last look"), max_length=20, choices=Outcome, blank=True, editable=False)
    reason = models.CharField(max_length=30, blank=True, editable=False)  # where it failed
    looked_at = models.DateTimeField(_("looked"), null=True, blank=True, editable=False)
    added = models.DateTimeField(_("added"), auto_now_add=True)

    objects = ArxivQueryQuerySet.as_manager()

    class Meta:
        verbose_name = _("arXiv query")
        verbose_name_plural = _("arXiv queries")
        ordering = ["category", "name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{reverse('inbox')}?query={self.pk}"

    @property
    def wanted(self) -> wanted.Wanted:
        return wanted.parse(self.words)

    def clean(self) -> None:
        """Each field that is wrong says what to write instead."""
        wrong: dict[str, str] = {}
        category = categories.parse(self.category)
        if category is None:
            wrong["category"] = gettext("A category looks like cs.IR or math; for a second one make a second query.")
        try:
            wanted.parse(self.words)
        except wanted.Wrong as error:
            wrong["words"] = str(error)
        if wrong:
            raise ValidationError(wrong)
        self.category = category or ""

    def forget(self) -> None:
        """It asks for something else now: what was heard before counts as unheard."""
        self.tag, self.day, self.names = "", None, []
        self.outcome, self.reason, self.looked_at = "", "", None


class FindingQuerySet(models.QuerySet["Finding"]):
    def of(self, category: str, day: date) -> Self:
        return self.filter(category=category, day=day)

    def with_paper(self) -> Self:
        """`ours`: the number of the paper that we have, however it came here."""
        return self.annotate(ours=Coalesce(Subquery(_papers_with_its_id().values("pk")[:1]), F("paper_id")))

    def undecided(self) -> Self:
        """Of what we have already there is nothing to decide."""
        return self.filter(IS_UNDECIDED)

    def already_here(self) -> Self:
        return self.filter(Exists(_papers_with_its_id()), state=Finding.State.OPEN)


def _papers_with_its_id() -> models.QuerySet[Paper]:
    return Paper.objects.filter(arxiv_id=OuterRef("arxiv_id")).order_by()


class Finding(models.Model):
    """One paper in the inbox, on the day and in the category it was announced."""

    class State(models.TextChoices):
        OPEN = "open", _("undecided")
        KEPT = "kept", _("kept")
        DISMISSED = "dismissed", _("dismissed")

    query = models.ForeignKey(
        ArxivQuery, on_delete=models.SET_NULL, null=True, blank=True, related_name="findings", verbose_name=_("query")
    )
    category = models.CharField(_("arXiv category"), max_length=40)
    day = models.DateField(_("day"))
    arxiv_id = models.CharField(_("arXiv id"), max_length=40, db_index=True)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    announce_type = models.CharField(_("announce type"), max_length=20, blank=True)
    title = models.TextField(_("title"))
    title_zh = models.TextField(_("Chinese title"), blank=True)
    summary_zh = models.TextField(_("one-line summary in Chinese"), blank=True)
    abstract = models.TextField(_("abstract"), blank=True)
    abstract_zh = models.TextField(_("Chinese abstract"), blank=True)
    record = models.JSONField(
        default=dict, blank=True, editable=False
    )  # authors, categories, comment, doi, ... as heard
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    # Set by who keeps it; of any other paper of ours the arXiv id tells (see `with_paper`).
    paper = models.ForeignKey(
        Paper, on_delete=models.SET_NULL, null=True, blank=True, related_name="findings", verbose_name=_("paper")
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    found_at = models.DateTimeField(_("found"), auto_now_add=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["-day", "category", "id"]
        indexes = [models.Index(fields=["category", "day", "state"], name="finding_day_state")]
        constraints = [models.UniqueConstraint(fields=["category", "day", "arxiv_id"], name="finding_once_a_day")]

    def __str__(self) -> str:
        return f"arXiv:{self.arxiv_id}v{self.version}"


IS_UNDECIDED = Q(Q(state=Finding.State.OPEN) & ~Exists(_papers_with_its_id()))
