"""Write a plan down: papers with their statements, tables, lists, notes and questions, in the caller's transaction."""

from apps.exchange.apply.writing import Outcome, apply_plan

__all__ = ["Outcome", "apply_plan"]
