"""Cells with a venue, as people write them."""

import pytest

from apps.vocabulary.cells import read_venue

CELLS = [
    ("SIGIR", "SIGIR", None, ""),
    ("SIGIR 2023", "SIGIR", 2023, ""),
    ("SIGIR'23", "SIGIR", 2023, ""),
    ("WWW ’24", "WWW", 2024, ""),
    ("SIGIR '98", "SIGIR", 1998, ""),
    ("KDD2024", "KDD", 2024, ""),
    ("EMNLP-2023", "EMNLP", 2023, ""),
    ("2023 SIGIR", "SIGIR", 2023, ""),
    ("SIGIR (2023)", "SIGIR", 2023, ""),
    ("RecSys '23 (short paper)", "RecSys", 2023, "short paper"),
    ("ICLR 2024 (oral)", "ICLR", 2024, "oral"),
    ("ICLR'24 Spotlight", "ICLR", 2024, "Spotlight"),
    ("Gen-IR@SIGIR 2023", "Gen-IR@SIGIR", 2023, ""),
    ("NeurIPS 2023 Workshop", "NeurIPS Workshop", 2023, ""),
    ("NeurIPS (Workshop)", "NeurIPS Workshop", None, ""),
    ("ACL (Findings) 2023", "ACL Findings", 2023, ""),
    ("Findings of ACL 2023", "Findings of ACL", 2023, ""),
    ("Inf. Process. Manag. 2022", "Inf. Process. Manag.", 2022, ""),
    ("arXiv preprint arXiv:2305.06474", "arXiv preprint", None, ""),
    ("arXiv:2305.06474 [cs.IR]", "arXiv", None, ""),
    ("arXiv 2023/05", "arXiv", 2023, ""),
    ("arXiv 2023年5月", "arXiv", 2023, ""),
    ("**SIGIR**", "SIGIR", None, ""),
    ("Information Processing & Management", "Information Processing & Management", None, ""),
]


@pytest.mark.parametrize(("cell", "name", "year", "remark"), CELLS, ids=[row[0] for row in CELLS])
def test_name_year_and_remark_of_a_cell(cell: str, name: str, year: int | None, remark: str) -> None:
    venue = read_venue(cell)
    assert venue is not None
    assert (venue.name.rstrip("."), venue.year, venue.remark) == (name.rstrip("."), year, remark)


@pytest.mark.parametrize("cell", ["N/A", "-", "", "Unknown", "无", "2023", "(2023)"])
def test_a_cell_without_a_venue_gives_none(cell: str) -> None:
    assert read_venue(cell) is None
