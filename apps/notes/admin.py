"""Writing notes. Others' private notes do not exist here either: not in lists, autocompletion or history.

However saving ends, what was typed comes back (see NoteAdmin.changeform_view).
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import admin, messages
from django.db import connection, transaction
from django.db.models import QuerySet
from django.forms import Script
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin

from apps.accounts.access import member
from apps.notes import drafts, history, saving, trash
from apps.notes.beginnings import begun
from apps.notes.forms import TRAVELLING, NoteForm
from apps.notes.meeting import Met
from apps.notes.models import Note, NoteTemplate
from apps.notes.writing import Again, after_a_meeting, after_trouble, both_left, bring_back, from_draft, gone


@admin.register(Note)
class NoteAdmin(SimpleHistoryAdmin):  # type: ignore[misc]
    class Media:
        css = {"all": ("css/drafts.css",)}
        js = (Script("js/drafts.js", defer=True),)

    form = NoteForm
    list_display = ("__str__", "author_or_byline", "visibility", "changed")
    list_filter = ("visibility", ("author", admin.RelatedOnlyFieldListFilter), "changed")
    list_select_related = ("author",)
    list_per_page = 50
    search_fields = ("title", "search_text", "papers__title", "papers__names__name")
    autocomplete_fields = ("papers",)
    readonly_fields = ("author", "source", "created", "changed", "changed_by")
    fieldsets = (
        (None, {"fields": ("title", ("papers", "visibility"), "body")}),
        (_("Line breaks"), {"fields": ("hard_breaks",), "classes": ("collapse",)}),
        (
            _("Who wrote it"),
            {"fields": ("author", "byline", "source", "created", "changed", "changed_by"), "classes": ("collapse",)},
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Note]:
        return Note.objects.visible_to(request.user)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Note | None:
        note: Note | None = super().get_object(request, object_id, from_field)
        if note and request.method == "POST" and connection.in_atomic_block:
            # Of two who save at the same moment the second waits here, and sees what the first has saved.
            return self.get_queryset(request).select_for_update(of=("self",)).filter(pk=note.pk).first()
        return note

    def get_form(self, request: HttpRequest, obj: Note | None = None, change: bool = False, **kwargs: Any) -> Any:
        made = super().get_form(request, obj, change=change, **kwargs)
        return type("NoteForm", (made,), {"writer": request.user, "typed": getattr(request, "typed", None)})

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return begun(super().get_changeform_initial_data(request))

    def get_fieldsets(self, request: HttpRequest, obj: Note | None = None) -> Any:
        (title, first), *others = super().get_fieldsets(request, obj)
        may = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        # A group of their own would be an empty box.
        fields = (*first["fields"], *(TRAVELLING if may else ()))
        return [(title, {**first, "fields": fields}), *others]

    # Saving: whoever cannot be served gets the form back with everything they typed and a sentence that says why.
    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        if request.method != "POST":
            return self._opened(request, object_id, form_url, extra_context)
        try:
            return self._saved(request, object_id, form_url, extra_context)
        except Met as met:
            again = after_a_meeting(met.meeting, request.POST)
        except saving.TROUBLE as error:
            again = after_trouble(error, request)
        return self._again(request, object_id, again)

    def _opened(self, request: HttpRequest, object_id: str | None, form_url: str, extra_context: Any) -> HttpResponse:
        again = from_draft(request, object_id)
        if again:
            return self._again(request, object_id, again)
        note = self.get_object(request, object_id) if object_id else None
        waiting = drafts.offered(request.user, note)[:3] if note or not object_id else ()
        context = {"offered": waiting, **(extra_context or {})}
        answer: HttpResponse = super().changeform_view(request, object_id, form_url, context)
        return answer

    def _saved(self, request: HttpRequest, object_id: str | None, form_url: str, extra_context: Any) -> HttpResponse:
        request.prepared = saving.prepare(  # type: ignore[attr-defined]
            saving.tidied(request.POST.get("body", "")), bool(request.POST.get("hard_breaks"))
        )
        if object_id and "_bring_back" in request.POST and self.has_change_permission(request):
            bring_back(request.user, object_id)
        with transaction.atomic():
            answer: HttpResponse = super().changeform_view(request, object_id, form_url, extra_context)
        if answer.status_code == HTTPStatus.FOUND and (sentence := both_left(request.POST.get("body", ""))):
            messages.warning(request, sentence)
        return answer

    def _again(self, request: HttpRequest, object_id: str | None, again: Again) -> HttpResponse:
        """The form as somebody left it."""
        try:
            page = self._filled(request, None if again.as_new else object_id, again)
        except saving.TROUBLE:
            if again.last_resort is None:
                raise
            return again.last_resort()
        page.status_code = again.status
        return page

    def _filled(self, request: HttpRequest, object_id: str | None, again: Again) -> HttpResponse:
        method, request.method = request.method, "GET"
        request.typed = again.typed  # type: ignore[attr-defined]
        try:
            page: HttpResponse = super().changeform_view(request, object_id, again.action, again.context)
            # Now: whatever goes wrong with the page goes wrong here.
            return page.render() if isinstance(page, TemplateResponse) else page
        finally:
            request.method = method

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> HttpResponse:
        if "body" in request.POST:
            return self._again(request, object_id, gone(request, object_id))
        answer: HttpResponse = super()._get_obj_does_not_exist_redirect(request, opts, object_id)
        return answer

    @admin.display(description=_("author"), ordering="author")
    def author_or_byline(self, note: Note) -> str:
        return note.author.get_username() if note.author else note.byline

    def save_model(self, request: HttpRequest, obj: Note, form: Any, change: bool) -> None:
        if change and all(form.cleaned_data.get(name) == form.initial.get(name) for name in form.changed_data):
            return  # nobody changed anything, but perhaps the ends of lines
        if not change:
            obj.author_id = request.user.pk
        obj.changed_by_id = request.user.pk
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        history.settle(form.instance)
        saving.keep_rendering(form.instance, getattr(request, "prepared", None))
        drafts.settle(member(request), form.cleaned_data.get("draft", ""))

    # Deleting throws away; what is in the trash can be had back.
    def delete_model(self, request: HttpRequest, obj: Note) -> None:
        trash.throw_away(Note.objects.filter(pk=obj.pk), user=request.user)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Note]) -> None:
        trash.throw_away(queryset, user=request.user)
        messages.info(request, _("They are in the trash, from where they can be brought back."))

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Nothing goes with them."""
        return [str(note) for note in objs], {str(self.opts.verbose_name_plural): len(objs)}, set(), []

    def response_delete(self, request: HttpRequest, obj_display: str, obj_id: int) -> HttpResponse:
        messages.success(request, _("In the trash now; here you can bring it back."))
        return HttpResponseRedirect(reverse("note_trash"))

    def view_on_site(self, obj: Note) -> str:
        return obj.get_absolute_url()

    # After writing one wants to see what it looks like.
    def response_post_save_add(self, request: HttpRequest, obj: Note) -> HttpResponse:
        return HttpResponseRedirect(obj.get_absolute_url())

    def response_post_save_change(self, request: HttpRequest, obj: Note) -> HttpResponse:
        return HttpResponseRedirect(obj.get_absolute_url())

    # History has pages of its own; the addresses of the admin lead there.
    def get_history_queryset(self, request: HttpRequest, history_manager: Any, pk_name: str, object_id: Any) -> Any:
        versions = super().get_history_queryset(request, history_manager, pk_name, object_id)
        return history.visible_to(versions, request.user)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        return HttpResponseRedirect(reverse("note_history", args=[self._known(request, object_id).pk]))

    def history_form_view(
        self, request: HttpRequest, object_id: str, version_id: str, extra_context: Any = None
    ) -> HttpResponse:
        return HttpResponseRedirect(reverse("note_version", args=[self._known(request, object_id).pk, version_id]))

    def _known(self, request: HttpRequest, object_id: str) -> Note:
        note = self.get_object(request, object_id)
        if note is None:
            raise Http404
        return note


@admin.register(NoteTemplate)
class NoteTemplateAdmin(admin.ModelAdmin[NoteTemplate]):
    list_display = ("name", "name_zh", "position")
    list_editable = ("position",)
