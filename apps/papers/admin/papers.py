"""Papers in the admin: what a person changes here is that person's word, and beats every document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, cast

from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.admin import SimpleHistoryAdmin

from apps.core.locks import LIBRARY, lock
from apps.core.seen import SeenForm, with_seen
from apps.papers.admin.words import words_of
from apps.papers.identifiers import find, parse_arxiv
from apps.papers.models import Authorship, Merge, Paper, PaperLink, PaperName, Review, Statement
from apps.papers.say import say
from apps.search.words import split

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class PaperForm(SeenForm):
    """Ids are taken in any spelling."""

    class Meta:
        model = Paper
        fields: ClassVar[Any] = "__all__"
        widgets: ClassVar[Any] = {
            name: AdminTextareaWidget(attrs={"rows": 2}) for name in ("title", "title_zh", "summary", "summary_zh")
        }

    def clean_arxiv_id(self) -> str | None:
        text = (self.cleaned_data["arxiv_id"] or "").strip()
        if text and not (identity := parse_arxiv(text)):
            raise ValidationError(_("This is no arXiv id."))
        return identity.arxiv_id if text and identity else None

    def clean_doi(self) -> str | None:
        text = (self.cleaned_data["doi"] or "").strip()
        if text and not find(text).doi:
            raise ValidationError(_("This is no DOI."))
        return find(text).doi if text else None

    def clean_openreview_id(self) -> str | None:
        return (self.cleaned_data["openreview_id"] or "").strip() or None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if bool(data.get("published")) != bool(data.get("precision")):
            raise ValidationError(
                {"precision": _("A date needs its precision: year, month or day; and a precision needs a date.")}
            )
        return data


class _Names(admin.TabularInline[PaperName, Paper]):
    model = PaperName
    extra = 0


class _Links(admin.TabularInline[PaperLink, Paper]):
    model = PaperLink
    extra = 0


class _Authors(admin.TabularInline[Authorship, Paper]):
    model = Authorship
    extra = 0
    autocomplete_fields = ("author",)


_INLINES = {PaperName: "names", PaperLink: "links", Authorship: "authors"}


@admin.register(Paper)
class PaperAdmin(SimpleHistoryAdmin):  # type: ignore[misc]
    form = PaperForm
    inlines = (_Names, _Authors, _Links)
    list_display = ("title", "arxiv_id", "venue", "year", "status", "metadata", "added")
    list_filter = ("status", "metadata", "precision", ("venue", admin.RelatedOnlyFieldListFilter), "year")
    list_select_related = ("venue",)
    list_per_page = 50
    show_full_result_count = False
    date_hierarchy = "published"
    search_fields = ("search_text",)
    search_help_text = _("Words and “phrases” in titles, names, ids, summaries and abstracts.")
    autocomplete_fields = ("venue", "tags", "organisations", "categories")
    readonly_fields = ("venue_raw", "abstract_cut", "abstract_zh_cut", "arxiv_version", "metadata", "added", "changed")
    fieldsets = (
        (None, {"fields": ("title", "title_zh")}),
        (pgettext_lazy("of a paper", "Summary"), {"fields": ("summary", "summary_zh")}),
        (_("Published"), {"fields": ("venue", "venue_raw", "status", ("published", "precision"), "year")}),
        (_("Ids and addresses"), {"fields": ("arxiv_id", "arxiv_version", "doi", "openreview_id", "url", "pdf_url")}),
        (_("Described by"), {"fields": ("tags", "organisations", "categories")}),
        (_("Abstract"), {"fields": ("abstract", "abstract_cut", "abstract_zh", "abstract_zh_cut")}),
        (_("Reading"), {"fields": ("key_technique", "reading_focus")}),
        (_("Record"), {"classes": ("collapse",), "fields": ("metadata", "added", "changed")}),
    )

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        page: HttpResponse
        if request.method == "POST":
            with transaction.atomic():
                lock(LIBRARY)  # before the paper's row: an import may hold it and wait for this lock
                page = super().changeform_view(request, *args, **kwargs)
        else:
            page = super().changeform_view(request, *args, **kwargs)
        return page

    def get_fieldsets(self, request: HttpRequest, obj: Paper | None = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        return with_seen(fieldsets) if obj and self.has_change_permission(request, obj) else fieldsets

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """What is recorded of a paper goes with it; by itself nobody may delete any of it."""
        shown, counts, needed, protected = super().get_deleted_objects(objs, request)
        return shown, counts, needed - {model._meta.verbose_name for model in (Merge, Review, Statement)}, protected

    def revert_disabled(self, request: HttpRequest, obj: Any = None) -> bool:
        """Values follow from statements, so an old state cannot simply be saved again."""
        return True

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Paper], search_term: str
    ) -> tuple[QuerySet[Paper], bool]:
        for word in split(search_term.replace("\x00", "")[:500])[:20]:
            queryset = queryset.filter(search_text__contains=word)
        return queryset, False

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """After all is saved, say it: so that no later import overwrites it."""
        super().save_related(request, form, formsets, change)
        changed = {*form.changed_data, *(_INLINES[each.model] for each in formsets if each.has_changed())}
        paper = Paper.objects.get(pk=form.instance.pk)
        if words := words_of(paper, changed):
            say(paper=paper, user=cast("User", request.user), values=words)
