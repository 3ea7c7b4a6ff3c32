"""A paper that was withdrawn is known by its words, and no other paper is taken for one."""

from __future__ import annotations

import pytest

from apps.harvest.arxiv.withdrawn import why_withdrawn

GONE = """
This paper has been withdrawn
This paper has been withdrawn by the author due to a crucial sign error in equation 1
This paper has been withdrawn by the author(s), due to an error in the proof
Withdrawn
withdrawn.
Withdrawn by the authors
Withdrawn for revision
Paper withdrawn
Paper has been withdrawn by the authors
12 pages; this paper is withdrawn
12 pages, 3 figures. Withdrawn due to an error in the proof of Theorem 2
The authors have withdrawn this paper due to errors
We withdraw this paper
We have decided to withdraw this paper
The article is withdrawn from arXiv
The paper has been temporarily withdrawn
This manuscript was withdrawn because of copyright
This paper is being withdrawn
This paper by A. Foo has been withdrawn
This paper has been retracted by the authors
This submission has been withdrawn by arXiv administrators because it contains plagiarised text
This article has been removed by arXiv administrators
This submission has been removed by arXiv administrators due to a copyright claim
arXiv admin note: This paper has been withdrawn by arXiv due to disputed authorship
"""
STANDS = """
12 pages
Accepted at RecSys 2024
Replaces withdrawn arXiv:1234.5678
supersedes the withdrawn paper arXiv:0901.0001
previously withdrawn, now resubmitted
A figure was removed from the paper
typos removed
error in figure 2 removed
v2: withdrawn claim removed
This paper was removed of typos
This paper studies patients withdrawn from the study
This paper shows how retracted articles are cited
This work considers retracted spaces
Withdrawn agents in games: a survey
"""


@pytest.mark.parametrize("comment", GONE.strip().splitlines())
def test_these_words_say_that_it_is_gone(comment: str) -> None:
    assert why_withdrawn(comment, "We study something.") == comment
    assert why_withdrawn("", f"{comment}. More is to come.") or ";" in comment or "pages" in comment


@pytest.mark.parametrize("comment", STANDS.strip().splitlines())
def test_these_words_do_not(comment: str) -> None:
    assert not why_withdrawn(comment, comment)


def test_an_abstract_says_it_at_its_beginning_or_not_at_all() -> None:
    assert not why_withdrawn("", "We study theft. This paper has been withdrawn is what they read.")
    assert not why_withdrawn("", "")
