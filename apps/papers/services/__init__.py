"""Verbs that change papers."""
