"""Pictures written anew: what a stranger's file shows, without anything else that it holds. Pure; run it in a child.

PNG, JPEG, WebP and GIF only, decided by their bytes. Turned upright, in sRGB, at most 20 megapixels afterwards.
"""

from __future__ import annotations

import contextlib
import errno
import io
import shutil
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PIL import Image, ImageCms, ImageSequence

from apps.notes.pictures.limits import KEPT_PIXELS, MOST_FRAMES, MOST_MOVING, MOST_PIXELS, MOST_SIDE, MOST_WRITTEN
from apps.notes.pictures.structure import is_bare

FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
KINDS = {"PNG": "png", "JPEG": "jpg", "MPO": "jpg", "WEBP": "webp", "GIF": "gif"}  # MPO: JPEG with more behind it
_ORIENTATION = 0x0112
_TURNS = dict(enumerate((Image.Transpose(n) for n in (0, 3, 1, 5, 4, 6, 2)), start=2))
_SMOOTH = Image.Resampling.LANCZOS
_MAGIC = (b"\x89PNG", b"\xff\xd8", b"GIF8", b"RIFF")
_SRGB = ImageCms.createProfile("sRGB")
_SAVED: dict[str, dict[str, Any]] = {
    "png": {"format": "PNG", "compress_level": 5},
    "jpg": {"format": "JPEG", "quality": 90, "optimize": True},
    "webp": {"format": "WEBP", "quality": 90, "method": 3},
    "gif": {"format": "GIF"},
}

Image.MAX_IMAGE_PIXELS = MOST_PIXELS
warnings.filterwarnings("ignore", category=UserWarning, module=r"PIL\.")  # what it thinks of metadata that go anyway
warnings.simplefilter("error", Image.DecompressionBombWarning)


class _Refused(Exception):
    """Its first argument is the reason: type, pixels, sides, broken, large, room."""


def encode(source: str, target: str, as_it_is: bool = False) -> dict[str, Any]:
    """Write what the file `source` shows to `target`: its kind, width, height, and whether only its first frame is
    there (`still`); or why not (`refused`). `as_it_is`: what holds nothing else is copied.
    """
    try:
        with Path(source).open("rb") as file:
            return _encoded(file, target, as_it_is)
    except _Refused as reason:
        return {"refused": reason.args[0]}


def _encoded(file: io.BufferedReader, target: str, as_it_is: bool) -> dict[str, Any]:
    kind, frames, still = _decoded(file)  # and the decoder with all that it held is gone
    size = frames[0].size
    if len(frames) == 1:
        frames = [_fitted(frames.pop(), kind)]
    with _told():
        if as_it_is and not still and frames[0].size == size and is_bare(Path(file.name).read_bytes(), kind):
            shutil.copyfile(file.name, target)
        else:
            _save(frames, kind, target)
    if Path(target).stat().st_size > MOST_WRITTEN:
        raise _Refused("large")
    return {"kind": kind, "width": frames[0].width, "height": frames[0].height, "still": still}


def _decoded(file: io.BufferedReader) -> tuple[str, list[Image.Image], bool]:
    picture = _opened(file)
    frames = _frames(picture)
    still = frames > 1 and not _may_move(picture, frames)
    try:
        made = _moving(picture) if frames > 1 and not still else [_plain(picture)]
    except MemoryError:
        raise
    except Exception as error:  # a decoder finds something wrong in ways without number
        raise _Refused("broken") from error
    return KINDS[picture.format or ""], made, still


def _opened(file: io.BufferedReader) -> Image.Image:
    """Nothing is decoded yet: its header says how large it is."""
    start = file.read(12)
    file.seek(0)
    try:
        picture = Image.open(file, formats=FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _Refused("pixels") from None
    except MemoryError:
        raise
    except Exception as error:
        raise _Refused("broken" if start.startswith(_MAGIC) else "type") from error
    if picture.width * picture.height > MOST_PIXELS:
        raise _Refused("pixels")
    if max(picture.size) > MOST_SIDE:
        raise _Refused("sides")
    return picture


def _frames(picture: Image.Image) -> int:
    """One for JPEG: what phones put behind the picture is another rendition of it."""
    if picture.format in {"JPEG", "MPO"}:
        return 1
    try:
        return int(getattr(picture, "n_frames", 1))
    except MemoryError:
        raise
    except Exception as error:
        raise _Refused("broken") from error


def _may_move(picture: Image.Image, frames: int) -> bool:
    return frames <= MOST_FRAMES and frames * picture.width * picture.height <= MOST_MOVING


def _moving(picture: Image.Image) -> list[Image.Image]:
    """All frames, each whole; they keep how long they stand."""
    made = []
    for frame in ImageSequence.Iterator(picture):
        whole = frame.convert("RGBA")
        whole.info = {"duration": _duration(frame.info.get("duration"))}
        made.append(whole)
    made[0].info["loop"] = 1 if picture.info.get("loop") == 1 else 0
    return made


def _duration(said: object) -> int:
    return min(60_000, max(20, int(said))) if isinstance(said, int | float) else 100


def _plain(picture: Image.Image) -> Image.Image:
    """In a mode and in colours that all browsers show, and upright."""
    if picture.mode == "CMYK" and picture.width * picture.height > KEPT_PIXELS:
        picture.draft(None, (picture.width // 2, picture.height // 2))  # its memory would not do for all of it
    picture.load()
    turn = _turn(picture)
    made = _in_srgb(_eight_bits(picture))
    return made.transpose(turn) if turn is not None else made


def _turn(picture: Image.Image) -> Image.Transpose | None:
    try:
        return _TURNS.get(picture.getexif().get(_ORIENTATION, 1))
    except MemoryError:
        raise
    except Exception:  # metadata that cannot be read turn nothing, and they go anyway
        return None


def _fitted(made: Image.Image, kind: str) -> Image.Image:
    """Small enough, in a mode that its kind knows, and nothing beside its pixels."""
    made = _reduced(made)
    if kind == "jpg" and made.mode not in {"L", "RGB"}:
        made = made.convert("RGB")
    if kind == "webp" and made.mode not in {"RGB", "RGBA"}:
        made = made.convert("RGBA" if made.has_transparency_data else "RGB")
    transparency = made.info.get("transparency") if made.mode in {"1", "L", "P", "RGB"} else None
    made.info = {} if transparency is None else {"transparency": transparency}
    return made


def _eight_bits(picture: Image.Image) -> Image.Image:
    """Only the modes that all browsers show."""
    if picture.mode.startswith(("I", "F")):
        picture = picture.convert("F").point(lambda value: value * (1 / 257) + 0).convert("L")
    if picture.mode in {"1", "L", "P", "LA", "RGB", "RGBA", "CMYK"}:
        return picture
    return picture.convert("RGBA" if picture.has_transparency_data else "RGB")


def _in_srgb(picture: Image.Image) -> Image.Image:
    """The colours that its profile means; the profile itself goes."""
    profile = picture.info.get("icc_profile")
    mode = "RGB" if picture.mode == "CMYK" else picture.mode
    if profile and mode in {"RGB", "RGBA"}:
        with contextlib.suppress(ImageCms.PyCMSError, OSError, ValueError, TypeError):  # one that is none
            meant = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            return ImageCms.profileToProfile(picture, meant, _SRGB, outputMode=mode) or picture
    return picture.convert(mode)


def _reduced(picture: Image.Image) -> Image.Image:
    pixels = picture.width * picture.height
    if pixels <= KEPT_PIXELS:
        return picture
    scale = (KEPT_PIXELS / pixels) ** 0.5
    size = (max(1, int(picture.width * scale)), max(1, int(picture.height * scale)))
    if not picture.has_transparency_data:
        return (picture.convert("RGB") if picture.mode in {"1", "P"} else picture).resize(size, _SMOOTH)
    # Step by step, each picture freed as soon as the next one is there: several of this size are too many.
    whole = picture if picture.mode == "RGBA" else picture.convert("RGBA")
    light = whole.convert("RGBa")
    whole.close()
    return light.resize(size, _SMOOTH).convert("RGBA")


def _save(frames: list[Image.Image], kind: str, target: str) -> None:
    options = dict(_SAVED[kind])
    if len(frames) > 1:
        options |= {"save_all": True, "append_images": frames[1:], "loop": frames[0].info["loop"]}
        options |= {"duration": [frame.info["duration"] for frame in frames]}
        options |= {"disposal": 2} if kind == "gif" else {}
    with Path(target).open("wb") as file:
        frames[0].save(file, **options)


@contextlib.contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except OSError as error:  # or it is more than a file may hold that is written here
        raise _Refused("room" if error.errno in {errno.ENOSPC, errno.EDQUOT} else "large") from error
    except MemoryError:
        raise
    except Exception as error:  # an encoder that cannot write what a decoder read
        raise _Refused("broken") from error
