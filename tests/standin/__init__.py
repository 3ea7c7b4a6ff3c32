"""A stand-in for arXiv: a real HTTP server on loopback that answers in arXiv's shapes, and fails when it is told to."""

from tests.standin.failures import FAILURES, Failure
from tests.standin.library import Library, Paper, Version, generated, of_seeds
from tests.standin.server import Standin

__all__ = ["FAILURES", "Failure", "Library", "Paper", "Standin", "Version", "generated", "of_seeds"]
