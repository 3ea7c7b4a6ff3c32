"""Accents of TeX become letters; formulas and commands stay as they are."""

from __future__ import annotations

import pytest

from apps.harvest.arxiv import tex


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        (r"M\"uller", "Müller"),
        (r"M\"{u}ller", "Müller"),
        (r"M{\"u}ller", "Müller"),
        (r"Erd\H{o}s", "Erdős"),
        (r"Ho\v{r}ava", "Hořava"),
        (r"Gar{\c c}on", "Garçon"),
        (r"\c{C}a\u{g}lar", "Çağlar"),
        (r"{\L}ukasz and \L ukasz", "Łukasz and Łukasz"),
        (r"S\o ren Bj{\o}rn \O{}ystein", "Søren Bjørn Øystein"),
        (r"na\"\i ve na{\"\i}ve", "naïve naïve"),
        (r"Poincar\'e's", "Poincaré's"),
        (r"$\'e$ but \'e", r"$\'e$ but é"),
        (r"\$5 for \'a", r"\$5 for á"),
        (r"\url{x} \% \alpha \textbf{b} \ref{k} \underline{c}", r"\url{x} \% \alpha \textbf{b} \ref{k} \underline{c}"),
        ("推荐 plain {x}", "推荐 plain {x}"),
    ],
)
def test_letters(said: str, meant: str) -> None:
    assert tex.letters(said) == meant
