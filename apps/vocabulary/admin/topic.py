"""Tags and arXiv categories in the admin."""

from django.contrib import admin

from apps.vocabulary.admin.entry import SEARCHED, EntryAdmin
from apps.vocabulary.admin.spellings import spellings_of
from apps.vocabulary.models import ArxivCategory, Tag


@admin.register(Tag)
class TagAdmin(EntryAdmin):
    kind = "tag"
    list_display = ("name", "name_zh", "slug", "how_many_spellings")
    search_fields = (*SEARCHED, "name_zh")
    fields = ("name", "name_zh", "slug")
    inlines = (spellings_of(kind),)


@admin.register(ArxivCategory)
class ArxivCategoryAdmin(admin.ModelAdmin[ArxivCategory]):
    list_display = ("name", "title", "title_zh")
    search_fields = ("name", "title", "title_zh")
    fields = ("name", "title", "title_zh")
