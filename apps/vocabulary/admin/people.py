"""Authors and organisations in the admin."""

from django.contrib import admin

from apps.vocabulary.admin.entry import SEARCHED, EntryAdmin
from apps.vocabulary.admin.spellings import spellings_of
from apps.vocabulary.models import Author, Organisation


@admin.register(Author)
class AuthorAdmin(EntryAdmin):
    kind = "author"
    list_display = ("name", "name_zh", "orcid", "how_many_spellings")
    list_filter = (("orcid", admin.EmptyFieldListFilter),)
    search_fields = (*SEARCHED, "name_zh", "orcid")
    fields = ("name", "name_zh", "orcid", "slug")
    inlines = (spellings_of(kind),)


@admin.register(Organisation)
class OrganisationAdmin(EntryAdmin):
    kind = "organisation"
    list_display = ("name", "name_zh", "url", "how_many_spellings")
    list_filter = (("name_zh", admin.EmptyFieldListFilter),)
    search_fields = (*SEARCHED, "name_zh")
    fields = ("name", "name_zh", "url", "slug")
    inlines = (spellings_of(kind),)
