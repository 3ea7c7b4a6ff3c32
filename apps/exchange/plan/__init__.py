"""What an import would do, found out by reading only: which paper each mention is, and what would change."""

from apps.exchange.plan.making import make_plan
from apps.exchange.plan.model import Plan

__all__ = ["Plan", "make_plan"]
