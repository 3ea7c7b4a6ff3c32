"""How large pictures may be. Sentences in `intake` say the same numbers to people."""

from __future__ import annotations

MOST_BYTES = 10 * 1024 * 1024  # of a file that comes in
MOST_WRITTEN = 2 * MOST_BYTES
MOST_PIXELS = 40_000_000
MOST_SIDE = 30_000
KEPT_PIXELS = 20_000_000  # a page of text photographed, a long screenshot: still sharp; what is larger is reduced
MOST_FRAMES = 300
MOST_MOVING = 20_000_000  # pixels of all frames together; of what moves longer only its first frame stays
