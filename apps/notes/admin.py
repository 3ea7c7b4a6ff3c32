"""Writing notes. Others' private notes do not exist here either: not in lists, autocompletion or history."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin

from apps.core.seen import with_seen
from apps.notes import trash
from apps.notes.forms import NoteForm
from apps.notes.models import Note, NoteTemplate
from apps.notes.rendering import keep


@admin.register(Note)
class NoteAdmin(SimpleHistoryAdmin):  # type: ignore[misc]
    form = NoteForm
    list_display = ("__str__", "author_or_byline", "visibility", "changed")
    list_filter = ("visibility", ("author", admin.RelatedOnlyFieldListFilter), "changed")
    list_select_related = ("author",)
    list_per_page = 50
    search_fields = ("title", "search_text", "papers__title", "papers__names__name")
    autocomplete_fields = ("papers",)
    readonly_fields = ("author", "source", "created", "changed", "changed_by")
    fieldsets = (
        (None, {"fields": ("title", "papers", "body", "visibility")}),
        (_("Line breaks"), {"fields": ("hard_breaks",), "classes": ("collapse",)}),
        (
            _("Who wrote it"),
            {"fields": ("author", "byline", "source", "created", "changed", "changed_by"), "classes": ("collapse",)},
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Note]:
        return Note.objects.visible_to(request.user)

    def get_form(self, request: HttpRequest, obj: Note | None = None, change: bool = False, **kwargs: Any) -> Any:
        made = super().get_form(request, obj, change=change, **kwargs)
        return type("NoteForm", (made,), {"writer": request.user})

    def get_fieldsets(self, request: HttpRequest, obj: Note | None = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        return with_seen(fieldsets) if obj and self.has_change_permission(request, obj) else fieldsets

    @admin.display(description=_("author"), ordering="author")
    def author_or_byline(self, note: Note) -> str:
        return note.author.get_username() if note.author else note.byline

    def save_model(self, request: HttpRequest, obj: Note, form: Any, change: bool) -> None:
        if not change:
            obj.author_id = request.user.pk
        obj.changed_by_id = request.user.pk
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        keep(form.instance)

    # Deleting throws away; what is in the trash can be had back.
    def delete_model(self, request: HttpRequest, obj: Note) -> None:
        trash.throw_away(Note.objects.filter(pk=obj.pk), user=request.user)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Note]) -> None:
        trash.throw_away(queryset, user=request.user)

    def view_on_site(self, obj: Note) -> str:
        return obj.get_absolute_url()

    # After writing one wants to see what it looks like.
    def response_post_save_add(self, request: HttpRequest, obj: Note) -> HttpResponse:
        return HttpResponseRedirect(obj.get_absolute_url())

    def response_post_save_change(self, request: HttpRequest, obj: Note) -> HttpResponse:
        return HttpResponseRedirect(obj.get_absolute_url())

    # History: the note must be visible now, and each version must have been visible too.
    def get_history_queryset(self, request: HttpRequest, history_manager: Any, pk_name: str, object_id: Any) -> Any:
        versions = super().get_history_queryset(request, history_manager, pk_name, object_id)
        return versions.filter(_version_visible_to(request))

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        self._must_exist(request, object_id)
        page: HttpResponse = super().history_view(request, object_id, extra_context)
        return page

    def history_form_view(
        self, request: HttpRequest, object_id: str, version_id: str, extra_context: Any = None
    ) -> HttpResponse:
        self._must_exist(request, object_id)
        if not Note.history.filter(_version_visible_to(request), history_id=version_id).exists():
            raise Http404
        page: HttpResponse = super().history_form_view(request, object_id, version_id, extra_context)
        return page

    def _must_exist(self, request: HttpRequest, object_id: str) -> None:
        if self.get_object(request, object_id) is None:
            raise Http404


def _version_visible_to(request: HttpRequest) -> Q:
    return Q(visibility=Note.Visibility.TEAM) | Q(author_id=request.user.pk)


@admin.register(NoteTemplate)
class NoteTemplateAdmin(admin.ModelAdmin[NoteTemplate]):
    list_display = ("name", "name_zh", "position")
    list_editable = ("position",)
