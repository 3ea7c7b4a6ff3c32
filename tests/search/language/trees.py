"""Trees and texts of queries, at random."""

from datetime import date

from hypothesis import strategies as st

from apps.search.language.fields import FACETS, TEXTS
from apps.search.language.tree import Added, Facet, Ident, Phrase, Prefix, Similar, either, every, negated
from apps.search.language.words import as_word, lies_open, stands_alone

_SIGNS = "abzGPT推荐系统0123.-_+/'?#&=@é"
_FIELDS = st.sampled_from(["", *TEXTS])
_TEXTS = st.text(_SIGNS, min_size=1, max_size=8).filter(lies_open)
_WORDS = st.builds(as_word, _TEXTS, _FIELDS, st.just((0, 0)))
_PHRASES = st.builds(
    Phrase,
    st.text(_SIGNS + "():,*。 ", max_size=12).map(lambda text: " ".join(text.split())).filter(lies_open),
    _FIELDS,
)
_BEGINNINGS = st.text("abc推荐", min_size=2, max_size=5).filter(lambda text: stands_alone(f"{text}*"))
_PREFIXES = st.builds(Prefix, _BEGINNINGS, _FIELDS)
_VALUES = st.text(_SIGNS + " (),:*", min_size=1, max_size=8).map(lambda text: " ".join(text.split())).filter(bool)
_YEARS = st.sampled_from(["2021", "2021-2023", "2021-", "-2023"])
_FACETS = st.one_of(
    st.builds(
        lambda name, values: Facet(name, tuple(dict.fromkeys(values))),
        st.sampled_from([n for n in FACETS if n != "year"]),
        st.lists(_VALUES, min_size=1, max_size=3),
    ),
    st.builds(lambda values: Facet("year", tuple(dict.fromkeys(values))), st.lists(_YEARS, min_size=1, max_size=3)),
)
_IDS = st.sampled_from(
    [
        "2305.07001",
        "2305.07001v2",
        "hep-th/9901001",
        "10.1145/35(a)",
        "https://arxiv.org/abs/2305.07001",
        "http://x",
        "a b",
    ]
)
_DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))
_ADDED = st.one_of(
    st.builds(lambda a, b: Added(min(a, b), max(a, b)), _DAYS, _DAYS),
    st.builds(lambda day: Added(day, None), _DAYS),
    st.builds(lambda day: Added(None, day), _DAYS),
    st.builds(lambda days: Added(days=days), st.integers(1, 9999)),
)
LEAVES = st.one_of(
    _WORDS,
    _PHRASES,
    _PREFIXES,
    _FACETS,
    st.builds(Ident, _IDS),
    _ADDED,
    st.builds(Similar, st.sampled_from(["7", "2305.07001"])),
)
TREES = st.recursive(
    LEAVES,
    lambda trees: st.one_of(
        trees.map(negated),
        st.lists(trees, min_size=1, max_size=4).map(every),
        st.lists(trees, min_size=1, max_size=4).map(either),
    ),
    max_leaves=12,
)
QUERIES = st.one_of(
    st.lists(
        st.sampled_from(
            [
                *' ()（）"“”「」-*,，、:：=.|/',
                "OR",
                " OR ",
                " AND ",
                " NOT ",
                "graph",
                "GPT-4",
                "推荐",
                "LLM推荐",
                "title:",
                "author:",
                "author:=",
                "标题：",
                "llm:",
                "year:",
                "added:",
                "id:",
                "similar:",
                "has:code",
                "titel:",
                "2021..2023",
                "7d",
                "2305.07001",
                "10.1145/35",
                "http://x",
                "arXiv:2305.07001",
                "\x00",
                "\ud800",
                "\u3000",
                "ＯＲ",
                "~",
                "‘",
                "🙂",
            ]
        ),
        max_size=25,
    ).map("".join),
    st.text(max_size=40),
)
