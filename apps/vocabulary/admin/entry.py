"""What the admin pages of all entries share: their spellings, and a slug that stays once it stands in addresses."""

from typing import TYPE_CHECKING, Any, ClassVar, cast

from django.contrib import admin
from django.db import models
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from apps.vocabulary.admin.spellings import save_spellings
from apps.vocabulary.folding import fold
from apps.vocabulary.models import Alias
from apps.vocabulary.services import map_spelling

if TYPE_CHECKING:
    from django.contrib.auth.models import User

SEARCHED = ("name", "slug", "aliases__raw")


class EntryAdmin(admin.ModelAdmin[Any]):
    """Searched by name, slug and every spelling."""

    kind = ""
    search_fields: ClassVar[tuple[str, ...]] = SEARCHED
    list_per_page = 50
    save_on_top = True
    formfield_overrides: ClassVar[dict[Any, dict[str, Any]]] = {models.URLField: {"assume_scheme": "https"}}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        # Counted in a subquery: a GROUP BY would take the model's ordering away.
        mine = Alias.objects.filter(**{self.kind: OuterRef("pk")}).order_by().values(self.kind)
        count = Coalesce(Subquery(mine.annotate(count=Count("pk")).values("count")), 0)
        entries: QuerySet[Any] = super().get_queryset(request)
        counted: QuerySet[Any] = entries.annotate(spellings=count)
        return counted

    @admin.display(description=_("spellings"), ordering="spellings")
    def how_many_spellings(self, entry: Any) -> int:
        return int(entry.spellings)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """A name that was changed stays a spelling: documents go on writing it."""
        super().save_related(request, form, formsets, change)
        earlier = " ".join(str(form.initial.get("name", "")).split())
        if change and "name" in form.changed_data and self._is_free(earlier):
            map_spelling(kind=self.kind, raw=earlier, target=form.instance, user=cast("User", request.user))

    def _is_free(self, name: str) -> bool:
        key = fold(name)
        taken = (
            Alias.objects.filter(kind=self.kind, key=key).exists() or self.model._base_manager.filter(key=key).exists()
        )
        return bool(key) and not taken

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        save_spellings(request, formset)
