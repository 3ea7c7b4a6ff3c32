"""A picture goes out: as what its row says it is, for this reader only, and as nothing that could be run."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

from apps.notes.models import Image
from apps.notes.pictures import store

TYPES = {"png": "image/png", "jpg": "image/jpeg", "webp": "image/webp", "gif": "image/gif"}


def serve(request: HttpRequest, image: Image) -> HttpResponseBase:
    """Its bytes never change, so the reader's browser keeps it; a shared cache must not."""
    name = f"{image.sha256}.{image.kind}"
    headers = {
        "Content-Type": TYPES[image.kind],
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Content-Disposition": f'inline; filename="{name}"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, max-age=31536000, immutable",
        "ETag": f'"{image.sha256}"',
    }
    unchanged = get_conditional_response(request, etag=headers["ETag"], response=HttpResponse())
    if unchanged is not None and unchanged.status_code == 304:
        for header in ("Cache-Control", "ETag", "Content-Security-Policy"):
            unchanged.headers[header] = headers[header]
        return unchanged
    try:
        file = store.path_of(image).open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    answer = FileResponse(file)
    for header, value in headers.items():
        answer.headers[header] = value
    answer.headers["Content-Length"] = str(image.size)
    return answer
