"""Footnotes stand at the end, lead there and back, and none is lost."""

from __future__ import annotations

import time

from apps.core.markup import engine, render

TEXT = "一[^1] 二[^n] 三[^1]\n\n[^n]: 名\n[^1]: 注 **粗**\n\n    第二段\n"


def test_references_lead_to_the_notes_and_back() -> None:
    html = render(TEXT, ids=7)
    assert '<sup class="footnote-ref"><a href="#n7-fn-1" id="n7-fnref-1-0">1</a></sup>' in html
    assert '<li id="n7-fn-2">' in html
    for nth in (0, 1):
        assert f'<a class="footnote-back" href="#n7-fnref-1-{nth}" aria-label="Back to the text">' in html
    assert html.index("第二段") < html.index("名")


def test_a_note_without_a_reference_and_one_that_is_written_twice_are_not_lost() -> None:
    html = render("a[^1]\n\n[^1]: 一\n[^2]: 二\n\n[^1]: 又一")
    assert all(words in html for words in ("一", "二", "又一"))
    assert html.count("<li") == 2


def test_a_reference_to_nothing_stays_as_it_was_typed() -> None:
    assert "a[^9]" in render("a[^9]\n\n[^1]: b")
    assert "a[^9]" in render("a[^9]")


def test_headings_never_take_the_ids_of_footnotes() -> None:
    html = render("# fn-1\n\n# fnref 1 0\n\na[^1]\n\n[^1]: b", ids=7)
    ids = [part.split('"')[0] for part in html.split(' id="')[1:]]
    assert len(ids) == len(set(ids)) == 4


def test_no_link_stands_within_a_link() -> None:
    html = render("[a[^1]](https://x.example) b[^1]\n\n[^1]: c")
    assert "[^1]</a>" in html


def test_a_note_may_hold_everything() -> None:
    html = render("a[^1]\n\n[^1]: $x$ [[P5]]\n\n    - 项\n\n    ```python\n    x\n    ```\n")
    assert "<math" in html
    assert "<li>项</li>" in html
    assert 'class="footnote-back"' in html


def test_thousands_of_half_references_cost_little() -> None:
    begin = time.process_time()
    engine.make("[^a]: x\n\n" + "[^" * 15_000)
    assert time.process_time() - begin < 5
