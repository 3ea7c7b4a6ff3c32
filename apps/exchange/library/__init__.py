"""The whole library out and in again, one JSON object a line: `writing` and `reading` speak of the same `kinds`."""
