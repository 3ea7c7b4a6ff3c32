"""Do one thing to an import, and tell who comes too late."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from apps.exchange.services import NotNow


def tell(request: HttpRequest, action: Callable[[], object], done: str = "") -> bool:
    """Whether it was done; the person reads either way what happened."""
    try:
        action()
    except NotNow as reason:
        late = _("Nothing was done: this import has moved on, perhaps by a second click or by somebody else.")
        messages.warning(request, str(reason) or late)
        return False
    if done:
        messages.success(request, done)
    return True
