"""Picture files made by hand: honest ones and such as carry something, lie, or explode."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

from PIL import Image, PngImagePlugin

SCRIPT = b"<script>alert(document.domain)</script>"
PAGE = b"<!doctype html><html><body>" + SCRIPT + b"</body></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">' + SCRIPT + b"</svg>"
PLACE = b"48.8584 N 2.2945 E"
SIZE = (40, 30)


def drawn(size: tuple[int, int] = SIZE, mode: str = "RGB") -> Image.Image:
    """Something with a corner of its own, so that one sees which way up it is."""
    picture = Image.new("RGB", size, "#3060a0")
    picture.paste("#f0c000", (0, 0, size[0] // 2, size[1] // 2))
    return picture.convert(mode)


def saved(picture: Image.Image, format: str, **options: Any) -> bytes:
    file = io.BytesIO()
    picture.save(file, format, **options)
    return file.getvalue()


def png(size: tuple[int, int] = SIZE, mode: str = "RGB", **options: Any) -> bytes:
    return saved(drawn(size, mode), "PNG", **options)


def jpeg(size: tuple[int, int] = SIZE, mode: str = "RGB", **options: Any) -> bytes:
    return saved(drawn(size, mode), "JPEG", **options)


def webp(**options: Any) -> bytes:
    return saved(drawn(), "WEBP", **options)


def gif(**options: Any) -> bytes:
    return saved(drawn(), "GIF", **options)


def moving(format: str, frames: int = 3, size: tuple[int, int] = SIZE) -> bytes:
    first, *others = (Image.new("RGB", size, (number * 70 % 256, 40, 90)) for number in range(frames))
    return saved(first, format, save_all=True, append_images=others, duration=100, loop=0)


def chunk(name: bytes, content: bytes, checksum: int | None = None) -> bytes:
    checksum = zlib.crc32(name + content) if checksum is None else checksum
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", checksum)


def with_chunk(name: bytes, content: bytes, data: bytes | None = None) -> bytes:
    """A PNG with one chunk more, behind its header."""
    data = data or png()
    return data[:33] + chunk(name, content) + data[33:]


def headed(width: int, height: int) -> bytes:
    """A PNG that says how large it is, with nearly nothing in it."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(bytes(3000))) + chunk(b"IEND", b"")


def bomb(side: int) -> bytes:
    """A true PNG of one colour: a few kilobytes that become side × side pixels."""
    row = bytes(1 + (side + 7) // 8)
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(row) for _ in range(side)) + packer.flush()
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def segment(mark: int, content: bytes) -> bytes:
    return b"\xff" + bytes([mark]) + struct.pack(">H", len(content) + 2) + content


def with_segment(mark: int, content: bytes, data: bytes | None = None) -> bytes:
    data = data or jpeg()
    return data[:2] + segment(mark, content) + data[2:]


def located() -> bytes:
    """A JPEG that says where it was taken, and that it lies on its side."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, PLACE.decode()
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (48.0, 51.0, 30.0)
    return jpeg(exif=exif, comment=PLACE)


def described() -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", PLACE.decode())
    info.add_itxt("XML:com.adobe.xmp", SCRIPT.decode() + PLACE.decode(), zip=True)
    return png(pnginfo=info, exif=b"Exif\x00\x00" + PLACE, dpi=(72, 72))


def zipped() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("Evil.class", SCRIPT)
    return file.getvalue()


def webp_with(name: bytes, content: bytes) -> bytes:
    data = webp()
    more = name + struct.pack("<I", len(content)) + content + b"\x00" * (len(content) % 2)
    return b"RIFF" + struct.pack("<I", len(data) - 8 + len(more)) + data[8:] + more


def many_frames(frames: int, size: int) -> bytes:
    """A GIF whose frames are of one colour each: small, and a lot of pixels."""
    return moving("GIF", frames, (size, size))


def tiff_named() -> bytes:
    return saved(drawn(), "TIFF")


Made = Callable[[], bytes]
# What is taken: name of the file, what is in it, the kind that it becomes.
TAKEN: dict[str, tuple[str, Made, str]] = {
    "GPS and an orientation": ("IMG_0001.jpg", located, "jpg"),
    "PNG with text chunks": ("a.png", described, "png"),
    "HTML in a text chunk": ("a.png", lambda: with_chunk(b"tEXt", b"x\0" + PAGE), "png"),
    "HTML in a chunk of its own": ("a.png", lambda: with_chunk(b"heLL", PAGE), "png"),
    "HTML behind the end": ("a.png", lambda: png() + PAGE, "png"),
    "a PNG called HTML": ("page.html", lambda: png() + PAGE, "png"),
    "a PNG called SVG": ("drawing.svg", png, "png"),
    "a JPEG called PNG": ("a.png", jpeg, "jpg"),
    "a GIF that is an archive": ("a.gif", lambda: gif() + zipped(), "gif"),
    "a JPEG that is an archive": ("a.jpg", lambda: jpeg() + zipped(), "jpg"),
    "a GIF that is a script": ("a.gif", lambda: gif(comment=b"*/=1;alert(1)//") + b";alert(1)", "gif"),
    "a JPEG with HTML in its comment": ("a.jpg", lambda: jpeg(comment=PAGE), "jpg"),
    "a JPEG with PHP in its Exif": ("a.php.jpg", lambda: with_segment(0xE1, b"Exif\0\0" + b"<?php system($_GET[0]);?>"), "jpg"),
    "a JPEG with XMP": ("a.jpg", lambda: with_segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + SCRIPT), "jpg"),
    "a JPEG with Photoshop's block": ("a.jpg", lambda: with_segment(0xED, b"Photoshop 3.0\0" + SCRIPT), "jpg"),
    "a profile that is none": ("a.jpg", lambda: jpeg(icc_profile=SCRIPT * 10), "jpg"),
    "a profile in a PNG that is none": ("a.png", lambda: png(icc_profile=PAGE), "png"),
    "a WebP with HTML": ("a.webp", lambda: webp_with(b"HELL", PAGE), "webp"),
    "a WebP with XMP and Exif": ("a.webp", lambda: webp(xmp=PAGE, exif=b"Exif\0\0" + PLACE), "webp"),
    "two JPEGs in one (MPO)": ("a.jpg", lambda: moving("MPO", 2), "jpg"),
    "a moving GIF": ("a.gif", lambda: moving("GIF"), "gif"),
    "a moving WebP": ("a.webp", lambda: moving("WEBP"), "webp"),
    "a moving PNG": ("a.png", lambda: moving("PNG"), "png"),
    "too many frames": ("a.gif", lambda: many_frames(400, 8), "gif"),
    "frames of too many pixels": ("a.gif", lambda: many_frames(30, 1000), "gif"),
    "16 bits": ("a.png", lambda: saved(drawn(mode="L").convert("I;16"), "PNG"), "png"),
    "a palette with a hole": ("a.png", lambda: saved(drawn(mode="P"), "PNG", transparency=0), "png"),
    "inks": ("a.jpg", lambda: jpeg(mode="CMYK"), "jpg"),
    "a name that turns around": ("gnp.\u202egpj.exe\u202d.png", png, "png"),
    "a name with marks": ("](javascript:alert(1))![x\"onerror=alert(1) <b>`$a$` {{cite}} [[P5]].png", png, "png"),
    "a name that is a path": ("../../../etc/cron.d/evil.png", png, "png"),
    "a name that is a path elsewhere": ("C:\\windows\\system32\\evil.png", png, "png"),
    "a name of 300 characters": ("长" * 300 + ".png", png, "png"),
    "a name with a line break": ("a\x0b\x85\u2028Set-Cookie: x=y.png", png, "png"),
    "no name to speak of": ("...", png, "png"),
    "one pixel": ("a.png", lambda: png((1, 1)), "png"),
}  # fmt: skip
# What is refused: name, what is in it, status.
REFUSED: dict[str, tuple[str, Made, int]] = {
    "SVG": ("a.svg", lambda: SVG, 400),
    "SVG called PNG": ("a.png", lambda: SVG, 400),
    "SVG with an XML head": ("a.jpg", lambda: b'<?xml version="1.0"?>' + SVG, 400),
    "HTML": ("a.png", lambda: PAGE, 400),
    "HTML behind the mark of a PNG": ("a.png", lambda: b"\x89PNG\r\n\x1a\n" + PAGE, 400),
    "HTML behind the mark of a GIF": ("a.gif", lambda: b"GIF89a" + PAGE, 400),
    "HTML behind the mark of a JPEG": ("a.jpg", lambda: b"\xff\xd8\xff\xe0" + PAGE, 400),
    "HTML behind the mark of a WebP": ("a.webp", lambda: b"RIFF\xff\xff\xff\xffWEBP" + PAGE, 400),
    "nothing": ("a.png", lambda: b"", 400),
    "one byte": ("a.png", lambda: b"\x89", 400),
    "noughts": ("a.png", lambda: bytes(5000), 400),
    "PDF": ("a.png", lambda: b"%PDF-1.7\n" + SCRIPT, 400),
    "TIFF": ("a.png", tiff_named, 400),
    "BMP": ("a.png", lambda: saved(drawn(), "BMP"), 400),
    "ICO": ("a.png", lambda: saved(drawn(), "ICO"), 400),
    "PSD": ("a.png", lambda: b"8BPS\x00\x01" + bytes(200), 400),
    "EPS": ("a.png", lambda: saved(drawn(), "EPS"), 400),
    "JPEG 2000": ("a.png", lambda: saved(drawn(), "JPEG2000"), 400),
    "AVIF": ("a.png", lambda: saved(drawn(), "AVIF"), 400),
    "an archive": ("a.png", zipped, 400),
    "a bomb that says its size": ("a.png", lambda: headed(30_000, 30_000), 413),
    "a true bomb": ("a.png", lambda: bomb(30_000), 413),
    "a JPEG that says it is huge": ("a.jpg", lambda: jpeg().replace(struct.pack(">HH", 30, 40), struct.pack(">HH", 65000, 65000), 1), 413),
    "a WebP that says it is huge": ("a.webp", lambda: b"RIFF\x16\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\xff\x3f\0\xff\x3f\0", 413),
    "too long": ("a.png", lambda: png((30_001, 1)), 413),
    "a width of nothing": ("a.png", lambda: headed(0, 10), 400),
    "more pixels than there is": ("a.png", lambda: headed(2000, 2000), 400),
    "a text chunk that explodes": ("a.png", lambda: with_chunk(b"zTXt", b"x\0\0" + zlib.compress(bytes(30_000_000), 9)), 400),
    "an international one that explodes": (
        "a.png", lambda: with_chunk(b"iTXt", b"x\0\1\0\0\0" + zlib.compress(bytes(30_000_000), 9)), 400),
    "a profile that explodes": ("a.png", lambda: with_chunk(b"iCCP", b"x\0\0" + zlib.compress(bytes(30_000_000), 9)), 400),
    "a wrong checksum": ("a.png", lambda: png()[:29] + b"\0\0\0\0" + png()[33:], 400),
    "more than 10 MB": ("a.png", lambda: png() + bytes(10 * 1024 * 1024), 413),
    "much more than 10 MB": ("a.png", lambda: png() + bytes(12_000_000), 413),
}  # fmt: skip
