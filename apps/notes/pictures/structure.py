"""Whether a picture file holds its pixels and nothing else: no metadata, no comments, nothing behind its end. Pure."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable

_PNG = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"acTL", b"fcTL", b"fdAT"}
_JPEG_FRAMES = {0xC0, 0xC1, 0xC2}
_JPEG_TABLES = {0xC4, 0xDB, 0xDD}
_WEBP = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF"}
_WEBP_METADATA = 0b00101100  # flags of a profile, Exif and XMP
_LOOP = b"\x0bNETSCAPE2.0\x03\x01"


def is_bare(data: bytes, kind: str) -> bool:
    """`kind`: png, jpg, webp or gif."""
    try:
        return _CHECKS[kind](data)
    except (IndexError, struct.error):  # it ends too early
        return False


def _png(data: bytes) -> bool:
    place, name = 8, b""
    while place < len(data) and name != b"IEND":
        (length,) = struct.unpack_from(">I", data, place)
        name, content = data[place + 4 : place + 8], data[place + 8 : place + 8 + length]
        (checksum,) = struct.unpack_from(">I", data, place + 8 + length)
        if name not in _PNG or zlib.crc32(name + content) != checksum:
            return False
        place += 12 + length
    return data.startswith(b"\x89PNG\r\n\x1a\n") and name == b"IEND" and length == 0 and place == len(data)


def _jpeg(data: bytes) -> bool:
    if not data.startswith(b"\xff\xd8"):
        return False
    place = 2
    while data[place : place + 2] != b"\xff\xd9":
        mark, (length,) = data[place + 1], struct.unpack_from(">H", data, place + 2)
        plain = mark == 0xE0 and length == 16 and data[place + 4 : place + 9] == b"JFIF\x00"
        if data[place] != 0xFF or not (plain or mark in _JPEG_FRAMES | _JPEG_TABLES | {0xDA}):
            return False
        place += 2 + length
        if mark == 0xDA:
            place = _end_of_scan(data, place)
    return place + 2 == len(data)


def _end_of_scan(data: bytes, place: int) -> int:
    while True:
        place = data.index(b"\xff", place) if b"\xff" in data[place:] else len(data)
        if data[place + 1] != 0 and not 0xD0 <= data[place + 1] <= 0xD7:
            return place
        place += 2


def _gif(data: bytes) -> bool:
    place = 13 + _colours(data[10])
    while data[place] != 0x3B:
        if data[place] == 0x2C:
            place = _end_of_blocks(data, place + 11 + _colours(data[place + 9]))
        elif data[place : place + 3] == b"\x21\xf9\x04" or data[place : place + 2 + len(_LOOP)] == b"\x21\xff" + _LOOP:
            place = _end_of_blocks(data, place + 2)
        else:
            return False
    return data.startswith((b"GIF87a", b"GIF89a")) and place + 1 == len(data)


def _colours(flags: int) -> int:
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _end_of_blocks(data: bytes, place: int) -> int:
    while data[place]:
        place += 1 + data[place]
    return place + 1


def _webp(data: bytes) -> bool:
    size = struct.unpack_from("<I", data, 4)[0]
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP" or size + 8 != len(data):
        return False
    place = 12
    while place < len(data):
        name, (length,) = data[place : place + 4], struct.unpack_from("<I", data, place + 4)
        if name not in _WEBP or (name == b"VP8X" and data[place + 8] & _WEBP_METADATA):
            return False
        place += 8 + length + length % 2
    return place == len(data)


_CHECKS: dict[str, Callable[[bytes], bool]] = {"png": _png, "jpg": _jpeg, "gif": _gif, "webp": _webp}
