"""Posts: a note per heading, its body untouched, tables beside them."""

from __future__ import annotations

from typing import Any

import pytest

from apps.exchange.formats import detect, front_matter, post, problems
from apps.exchange.formats.note_headings import alias


def test_the_seed_says_what_it_must(seeds: Any, expected: Any) -> None:
    known = expected["seeds"]["001"]
    read = post.parse((seeds / known["file"]).read_text(encoding="utf-8"))
    told = [
        (n["line_start"], n["heading_raw"], n["alias"], n["title_in_heading"], n["images"], n["nonblank_lines"])
        for n in known["notes"]
    ]
    found = [
        (n.line, n.heading, n.name, n.title, n.body.count("!["), sum(1 for x in n.body.split("\n") if x.strip()))
        for n in read.notes
    ]
    assert found == told
    assert all(
        url in note.body
        for note, told in zip(read.notes, known["notes"], strict=True)
        for url in told["reference_links"]
    )
    matter = known["front_matter"]
    assert (read.title, read.author, read.date, read.summary) == tuple(
        matter[k] for k in ("title", "author", "date", "summary")
    )
    assert str(list(read.tags)) == matter["tags"]
    assert set(read.front_matter) == set(matter)
    [made] = read.tables
    assert [(s.title, len(s.rows)) for s in made.sections] == [("no tuning", 31), ("Supervised Fine-Tuning", 32)]
    assert len(made.source_urls) == known["counts"]["source_links"]


@pytest.mark.parametrize(
    ("text", "name", "title"),
    [
        ("Foo：Bars at Work", "Foo", "Bars at Work"),
        ("Foo:Bars at Work", "Foo", "Bars at Work"),
        ("Foo: Bars at Work", "Foo", "Foo: Bars at Work"),
        ("FOO-BAR- Aligning Bars", "FOO-BAR", "FOO-BAR- Aligning Bars"),
        ("Foo4Bar综述：A Survey of Bars", "Foo4Bar综述", "A Survey of Bars"),
        ("Foo Prompting：Bars at Work", "Foo Prompting", "Bars at Work"),
        ("Bars at Work", "", "Bars at Work"),
        ("A Very Long Beginning of Words: Bars", "", "A Very Long Beginning of Words: Bars"),
        ("Foo：", "", "Foo:"),
    ],
)
def test_alias_and_title_are_told_apart(text: str, name: str, title: str) -> None:
    assert alias(text) == (name, title)


@pytest.mark.parametrize(
    ("heading", "body", "title", "url"),
    [
        ("## 《Foo：Bars》", "Words.", "Bars", ""),
        ("#### 3. 《Foo》笔记", "", "Foo", ""),
        (
            "## [Foo at Work](https://arxiv.org/abs/2401.00001)",
            "Words.",
            "Foo at Work",
            "https://arxiv.org/abs/2401.00001",
        ),
        (
            "## Foo at Work [[paper]](https://arxiv.org/abs/2401.00001)",
            "Words.",
            "Foo at Work",
            "https://arxiv.org/abs/2401.00001",
        ),
        (
            "### 2. Foo at Work",
            "论文：https://arxiv.org/abs/2401.00001\n\nWords.",
            "Foo at Work",
            "https://arxiv.org/abs/2401.00001",
        ),
        (
            "## Foo at Work",
            "[paper](https://doi.org/10.1145/1234567.89)",
            "Foo at Work",
            "https://doi.org/10.1145/1234567.89",
        ),
    ],
)
def test_a_heading_that_names_a_paper_is_a_note(heading: str, body: str, title: str, url: str) -> None:
    [note] = post.parse(f"{heading}\n{body}\n").notes
    assert (note.title, note.url, note.body) == (title, url, body)


@pytest.mark.parametrize(
    "text",
    [
        "## Introduction\n\nWords about https://arxiv.org/abs/2401.00001 and what else there is to say in a long sentence.\n",
        "## Related\n\n[a](https://arxiv.org/abs/2401.00001) [b](https://arxiv.org/abs/2401.00002)\n",
        "```\n## 《Foo》\n```\n",
        "##### 《Too Deep》\n",
        "《Not a heading》\n",
    ],
)
def test_other_headings_are_no_notes(text: str) -> None:
    assert post.parse(text).notes == ()


def test_a_body_is_kept_as_written_up_to_the_next_heading_of_its_level() -> None:
    body = "**一（二）**三\n![a](b.png)\n<x, y>\n\n### deeper\n\n```\n## 《no》\n```\n\n{{< toc >}}\n<!-- more -->\n{% raw %}{{ z }}{% endraw %}\n1. one\n\n（1）two"
    read = post.parse(f"## 《Foo》\n{body}\n\n## 《Bar》\nend\n")
    assert [note.body for note in read.notes] == [body, "end"]
    assert post.parse(post.render(read)) == read


def test_a_note_of_the_first_level_survives_with_headings_in_it() -> None:
    read = post.parse("# 《Foo》\n\na\n\n## b\n\nc\n")
    assert post.parse(post.render(read)) == read


@pytest.mark.parametrize(
    ("matter", "values", "kinds"),
    [
        ("---\ntitle: A\ndate: 2024-01-08\n---\n", {"title": "A", "date": "2024-01-08"}, []),
        ('+++\ntitle = "A"\ntags = ["b"]\n+++\n', {"title": "A", "tags": ["b"]}, []),
        ("---\ntitle: A: b\ntags: [c\n---\n", {"title": "A: b"}, ["YAML"]),
        ("---\n- a\n- b\n---\n", {}, ["YAML"]),
        ("---\na: &x [1]\nb: *x\n---\n", {}, ["YAML"]),
        ("---\ntitle: !!python/object/apply:os.system [ls]\n---\n", {}, ["YAML"]),
        ("+++\ntitle = \n+++\n", {}, ["TOML"]),
        ("---\n---\n", {}, []),
        ("---\ntitle: never closed\n", {"title": "never closed"}, ["YAML"]),
        ("---\nA rule, then words.\n", {}, []),
    ],
)
def test_front_matter_is_read_or_told(matter: str, values: dict[str, object], kinds: list[str]) -> None:
    read = post.parse(matter + "\n## 《Foo》\nbody\n")
    assert dict(read.front_matter) == values
    assert [p.values["kind"] for p in read.problems if p.code == problems.FRONT_MATTER] == kinds
    assert [note.title for note in read.notes] == ["Foo"]


def test_front_matter_written_is_front_matter_read() -> None:
    values = {"title": "虚构: 'a' \"b\"", "tags": ["c", "d: e"], "n": 3, "deep": {"x": [True, None]}}
    assert front_matter.read(front_matter.write(values).split("\n")).values == values


def test_lines_are_counted_with_the_front_matter() -> None:
    read = post.parse(
        "---\ntitle: A\n---\n\n## 《Foo》\n\n## T\n| Title |\n|---|\n| [x](https://arxiv.org/abs/2401.00001) |\n"
    )
    assert (read.notes[0].line, read.tables[0].sections[0].rows[0].line) == (5, 10)


def test_pictures_after_a_table_are_no_row() -> None:
    read = post.parse(
        "## T\n| Title |\n|---|\n| [x](https://arxiv.org/abs/2401.00001) |\n\n[![image](https://x.org/a.jpg)](https://x.org/a.jpg)\n"
    )
    assert [row.title for row in read.tables[0].sections[0].rows] == ["x"]


def test_what_a_post_refers_to_is_not_listed_by_it() -> None:
    cited = "## 参考\n- [Foo at Work](https://arxiv.org/abs/2401.00001)\n"
    assert post.parse("## 《Bar》\n\nbody\n\n## More\n- [Foo at Work](https://arxiv.org/abs/2401.00001)\n").tables == ()
    assert post.parse(f"---\ntitle: A\n---\n{cited}").tables == ()


def test_a_post_with_front_matter_and_tables_only_is_still_a_post() -> None:
    text = "---\ntitle: A\n---\n| Title |\n|---|\n| [Foo](https://arxiv.org/abs/2401.00001) |\n"
    assert detect(text) == "post"
    assert [row.title for row in post.parse(text).tables[0].sections[0].rows] == ["Foo"]
