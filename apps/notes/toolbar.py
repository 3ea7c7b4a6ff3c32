"""What the toolbar over a note's text offers; the work itself is done by static/js/editor/."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True, slots=True)
class Tool:
    """`keys`: "Mod" stands for Ctrl, or for ⌘ on a Mac. `menu`: the button opens the menu of that name."""

    name: str
    label: str | Promise
    keys: str = ""
    menu: bool = False


GROUPS = (
    (
        Tool("heading", _("Heading: deeper each time, then none")),
        Tool("bold", _("Bold"), "Mod+B"),
        Tool("italic", _("Italic"), "Mod+I"),
        Tool("strike", _("Strike through"), "Mod+Shift+X"),
        Tool("code", _("Code"), "Mod+E"),
    ),
    (
        Tool("bullets", _("Bulleted list"), "Mod+Shift+8"),
        Tool("numbers", _("Numbered list"), "Mod+Shift+7"),
        Tool("tasks", _("Task list"), "Mod+Shift+9"),
        Tool("quote", _("Quotation"), "Mod+Shift+."),
        Tool("callout", _("Callout"), menu=True),
        Tool("codeblock", _("Block of code")),
    ),
    (
        Tool("reference", _("Refer to a paper: type [[")),
        Tool("link", _("Link"), "Mod+K"),
        Tool("picture", _("Picture: choose files, or paste or drop them into the text")),
        Tool("table", pgettext_lazy("of Markdown", "Table")),
        Tool("formula", _("Formula")),
        Tool("template", _("Begin from a template"), menu=True),
    ),
)
CALLOUTS = (
    ("NOTE", pgettext_lazy("callout", "Note")),
    ("TIP", pgettext_lazy("callout", "Tip")),
    ("IMPORTANT", pgettext_lazy("callout", "Important")),
    ("WARNING", pgettext_lazy("callout", "Warning")),
    ("CAUTION", pgettext_lazy("callout", "Caution")),
)
MODES = (("write", _("Write")), ("split", _("Side by side")), ("preview", _("Preview")))
# Keys that have no button.
OTHER_KEYS = (
    ("Mod+S", _("Save and go on writing")),
    ("Mod+Enter", _("Save and see the note")),
    ("Enter", _("In a list: the next item; in an empty item: the end of the list")),
    ("Tab", _("In a list: one level deeper; elsewhere: to the next field")),
    ("Shift+Tab", _("In a list: one level up; elsewhere: to the toolbar")),
    ("Escape", _("Closes what is open; the next Tab leaves the text, in lists too")),
    ("Alt+F10", _("From the text to the toolbar")),
    ("Mod+Z", _("Undo, whatever it was")),
)
EXAMPLES = (
    ("## …", _("Heading")),
    ("**…**, *…*, ~~…~~", _("Bold, italic, struck through")),
    ("- …, 1. …, - [ ] …", _("Lists and tasks")),
    ("[[arXiv:2305.00447]], 【【P5】】", _("A paper by its number, name or title")),
    ("$…$, $$…$$", _("Formulas in LaTeX")),
    ("> [!NOTE]", _("Callout")),
    ("[^1] … [^1]: …", _("Footnote")),
    ("{{table: venue=recsys}}", _("A live table of papers")),
    ("{{cite}}", _("The papers that this note refers to")),
)
