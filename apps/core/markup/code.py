"""Code as HTML: words of a language in classes, its name beside it. What is no language that we know stays plain."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from itertools import groupby

from pygments.lexer import Lexer
from pygments.lexers import find_lexer_class_by_name
from pygments.token import Token
from pygments.util import ClassNotFound

_MOST = 20_000  # characters: lexers can be slow, so what is longer stays plain
# A closed list: each is known not to take long, and none runs or fetches anything.
_LANGUAGES = frozenset(
    "bash bibtex c c++ clojure cmake cpp cs csharp css cuda cypher dart diff docker dockerfile elixir erlang fortran go"
    " golang graphql haskell html http ini java javascript js json jsonl jsx julia kotlin latex lean less lisp lua make"
    " makefile matlab nginx numpy ocaml octave pascal perl php powershell prolog protobuf py python python3 pycon r"
    " rb rs ruby rust scala scheme scss sh shell sparql sql swift tex toml ts tsx typescript udiff xml yaml yml zsh"
    .split()
)  # fmt: skip
_NAMES = {"jsonl": "json", "shell": "bash", "lean": "lean4", "docker": "dockerfile"}
_CLASSES = [
    (Token.Comment.Preproc, "hl-name"), (Token.Comment, "hl-comment"), (Token.Keyword, "hl-keyword"),
    (Token.Operator.Word, "hl-keyword"), (Token.Literal.String, "hl-string"), (Token.Literal, "hl-number"),
    (Token.Name.Function, "hl-name"), (Token.Name.Class, "hl-name"), (Token.Name.Tag, "hl-keyword"),
    (Token.Name.Attribute, "hl-name"), (Token.Name.Decorator, "hl-builtin"), (Token.Name.Builtin, "hl-builtin"),
    (Token.Name.Exception, "hl-builtin"), (Token.Name.Variable, "hl-builtin"), (Token.Generic.Deleted, "hl-deleted"),
    (Token.Generic.Inserted, "hl-inserted"), (Token.Generic.Heading, "hl-keyword"),
    (Token.Generic.Subheading, "hl-comment"), (Token.Generic.Prompt, "hl-comment"),
]  # fmt: skip
CLASSES = frozenset(name for _, name in _CLASSES)


def set_code(code: str, info: str, room: int) -> tuple[str, int]:
    """A box with the code, and how many characters of it were highlighted; `room` is how many may be."""
    language = info.split(maxsplit=1)[0].strip("{}.,")[:30] if info.strip() else ""
    lexer = _lexer(language.lower()) if len(code) <= min(_MOST, room) else None
    inside = _highlighted(code, lexer) if lexer else escape(code, quote=False)
    name = lexer.name if lexer else language
    label = f'<p class="code-language">{escape(name)}</p>\n' if name else ""
    html = f'<div class="code">\n{label}<pre tabindex="0"><code>{inside}</code></pre>\n</div>\n'
    return html, len(code) if lexer else 0


@lru_cache(maxsize=100)
def _lexer(name: str) -> Lexer | None:
    if name not in _LANGUAGES:
        return None
    try:
        return find_lexer_class_by_name(_NAMES.get(name, name))(stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None


def _highlighted(code: str, lexer: Lexer) -> str:
    parts = []
    for name, run in groupby(lexer.get_tokens(code), key=lambda pair: _class(pair[0])):
        text = escape("".join(value for _, value in run), quote=False)
        parts.append(f'<span class="{name}">{text}</span>' if name and text.strip() else text)
    return "".join(parts)


@lru_cache(maxsize=500)
def _class(kind: object) -> str:
    return next((name for parent, name in _CLASSES if kind in parent), "")
