"""Which changes of this room's tables change what is found (see apps/search/triggers): a link dies, or comes back.

News are not among them: they grow old by the clock, so who asks for them asks the database.
"""

from __future__ import annotations

from apps.search.watching import Watched

TABLES = [
    Watched(
        "harvest.LinkCheck",
        "SELECT paper_id FROM papers_paperlink WHERE url = {row}.url",
        columns=("state", "url"),
        only="{row}.state = 'dead'",
    )
]
