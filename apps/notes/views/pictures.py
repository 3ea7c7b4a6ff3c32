"""Pictures come in and go out, and those that could not be fetched from elsewhere are put here by hand."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.accounts.access import member, needs, readable
from apps.notes.models import Image, Mirror, Note
from apps.notes.pictures import fetching, intake, names
from apps.notes.pictures.limits import MOST_BYTES
from apps.notes.pictures.serving import serve

MAY_WRITE = "notes.add_note"
_FORM = 100_000  # bytes that a form may take beside its file


class _InMemory(MemoryFileUploadHandler):
    """However large: it was measured before, and a full disk must not break the page that says so."""

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        self.activated = True


def _measured(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """What is too large is not read at all; `view` gets a request without a body then, marked `too_large`."""

    @csrf_exempt  # only until the length is known
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        length = str(request.META.get("CONTENT_LENGTH") or "0")
        request.upload_handlers = [_InMemory(request)]
        if length.isdecimal() and int(length) > MOST_BYTES + _FORM:
            return view(request, *args, refused=intake.Refused("bytes"), **kwargs)
        return csrf_protect(view)(request, *args, **kwargs)

    return guarded


def _brought(request: HttpRequest, refused: intake.Refused | None) -> tuple[Image, bool, str]:
    """The picture of the form, whether it stands still now, and what its file was called. Raises Refused."""
    file = None if refused else request.FILES.get("file")
    if file is None:
        raise refused or intake.Refused("empty")
    name = str(file.name)
    return *intake.take_upload(file.read(), name, member(request)), name


@_measured
@needs(MAY_WRITE)
@require_POST
def picture_upload(request: HttpRequest, refused: intake.Refused | None = None) -> HttpResponse:
    """From the editor. `notice`: what to tell about a picture that was taken."""
    try:
        image, still, name = _brought(request, refused)
    except intake.Refused as reason:
        return JsonResponse({"error": reason.sentence}, status=reason.status)
    answer = {"markdown": names.markdown(image, name), "url": names.address_of(image)}
    answer |= {"notice": _("It moves too long to be kept whole: its first frame stays.")} if still else {}
    return JsonResponse({**answer, "width": image.width, "height": image.height})


@readable
@require_safe
def picture(request: HttpRequest, sha256: str, kind: str) -> HttpResponseBase:
    image = get_object_or_404(Image.objects.visible_to(request.user), sha256=sha256, kind=kind)
    return serve(request, image)


@_measured
@needs(MAY_WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def picture_elsewhere(request: HttpRequest, mirror_id: int, refused: intake.Refused | None = None) -> HttpResponse:
    """A picture on another host: why it is not here, where it is shown, and a way to put one in its place."""
    mirror = _mirror(request, mirror_id)
    if request.method != "POST":
        return _page(request, mirror)
    try:
        image, *_rest = _brought(request, refused)
    except intake.Refused as reason:
        return _page(request, mirror, reason)
    if fetching.replace(mirror, image, member(request)):
        messages.success(request, _("The picture stands in all notes that show this address."))
    return redirect("picture_elsewhere", mirror_id)


@needs(MAY_WRITE)
@require_POST
def picture_again(request: HttpRequest, mirror_id: int) -> HttpResponse:
    fetching.try_again(_mirror(request, mirror_id))
    return redirect("picture_elsewhere", mirror_id)


def _mirror(request: HttpRequest, mirror_id: int) -> Mirror:
    visible = Mirror.objects.visible_to(request.user).select_related("image", "replaced_by")
    return get_object_or_404(visible, pk=mirror_id)


def _page(request: HttpRequest, mirror: Mirror, refused: intake.Refused | None = None) -> HttpResponse:
    context = {
        "mirror": mirror,
        "host": urlsplit(mirror.url).hostname,
        "reason": _(mirror.reason) if mirror.reason else "",
        "notes": Note.objects.visible_to(request.user).filter(pictures__mirror=mirror, pictures__current=True),
        "fetches": fetching.is_on(),
        "refused": refused,
    }
    if mirror.image:
        context["address"] = names.address_of(mirror.image)
    return render(request, "notes/picture_elsewhere.html", context, status=refused.status if refused else 200)
