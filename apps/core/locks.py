"""A lock over all processes and hosts that share the database, held until the transaction ends."""

from __future__ import annotations

import zlib

from django.db import connection

# Held by whoever writes what the library says: an import, its undo, a merge, a person's word.
LIBRARY = "library"


def lock(name: str) -> None:
    """Wait for the named lock. Call it inside a transaction.

    On SQLite a transaction holds the one write lock from its first statement on (see `transaction_mode` in the settings).
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # Whoever waits here waits for a whole import: longer than the limit for ordinary locks.
            cursor.execute("SET LOCAL lock_timeout = '10min'")
            cursor.execute("SET LOCAL statement_timeout = '20min'")
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [zlib.crc32(name.encode())])
