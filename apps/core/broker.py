"""The broker that needs no server, so that a kill at any moment leaves nothing behind that stops the next worker.

kombu's own writes into files that others read already: half a message, or half a table of queues, ends every worker
that comes across it, as does a folder that is away. And it reads messages in the folder of everybody's temporary files."""

from __future__ import annotations

import contextlib
import secrets
import time
from pathlib import Path
from queue import Empty
from typing import Any

from kombu.transport import filesystem
from kombu.utils.json import dumps, loads


class Channel(filesystem.Channel):
    def _put(self, queue: str, payload: Any, **kwargs: Any) -> None:  # type: ignore[override]
        """It appears whole or not at all."""
        name = f"{time.time_ns():020}_{secrets.token_hex(8)}.{queue}.msg"
        draft = Path(self.processed_folder, name)
        draft.write_text(dumps(payload), encoding="utf-8")
        draft.rename(Path(self.data_folder_out, name))

    def _get(self, queue: str, timeout: float | None = None) -> Any:
        for name in sorted(path.name for path in Path(self.data_folder_in).iterdir()):
            if name.partition(".")[2] == f"{queue}.msg" and (message := self._take(name)):
                return message
        raise Empty

    def _take(self, name: str) -> Any:
        """None where another worker was quicker, and of what is no message: it wakes nobody up, but the sweep does."""
        taken = Path(self.processed_folder, name)
        with contextlib.suppress(FileNotFoundError, ValueError):
            Path(self.data_folder_in, name).rename(taken)
            text = taken.read_text(encoding="utf-8")
            taken.unlink()
            return loads(text)
        return None

    def _queue_bind(self, exchange: str, routing_key: str, pattern: str | None, queue: str) -> None:
        try:
            super()._queue_bind(exchange, routing_key, pattern, queue)
        except ValueError:  # somebody died while writing it, or is at it: we know what stands in it
            Path(self.control_folder, f"{exchange}.exchange").unlink(missing_ok=True)
            super()._queue_bind(exchange, routing_key, pattern, queue)


class Transport(filesystem.Transport):
    Channel = Channel
    connection_errors = (*filesystem.Transport.connection_errors, OSError)

    def establish_connection(self) -> Any:
        """Raises OSError while the folders are away: a worker waits for them as for any broker."""
        options: dict[str, Any] = self.client.transport_options  # type: ignore[union-attr, assignment]
        for name in ("data_folder_in", "processed_folder", "control_folder"):
            Path(options[name]).stat()
        return super().establish_connection()
