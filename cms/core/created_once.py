"""What an editor's form made already: a form whose answer was lost goes on with it instead of making a second one.

For snippets. Each kind of page that is added in the editor may exist once, and Wagtail refuses a second by itself.

Wagtail makes the object when it first saves by itself and names to the form in its answer where to save from then on.
The form sends a token of its own (``js/save-once.js``); the session remembers where what it made is edited.
"""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import resolve
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.utils import set_query_params

_SESSION_KEY = "created_by_forms"
_REMEMBERED = 20
_TOKEN_LENGTH = 32


def remember(request: HttpRequest, created: Any) -> None:
    """Note what the form made."""
    token = _token(request)
    edit_url = AdminURLFinder(request.user).get_edit_url(created)
    if token and edit_url:
        earlier = list(request.session.get(_SESSION_KEY, {}).items())
        request.session[_SESSION_KEY] = dict([*earlier, (token, edit_url)][-_REMEMBERED:])


def go_on(request: HttpRequest) -> HttpResponse | None:
    """Save what the form sends in what it made before; return None where it made nothing, or that is gone."""
    edit_url = request.session.get(_SESSION_KEY, {}).get(_token(request))
    if not edit_url:
        return None
    view, args, kwargs = resolve(edit_url)
    original_path = request.path, request.path_info
    request.path = request.path_info = edit_url
    response: HttpResponse = view(request, *args, **kwargs)
    # Wagtail's addresses answer so, they don't raise.
    if response.status_code == 404:
        request.path, request.path_info = original_path
        return None
    if response.status_code == 200 and isinstance(response, JsonResponse):
        # The form still has to learn where it saves.
        answer = json.loads(response.content) | {
            "url": edit_url,
            "hydrate_url": set_query_params(edit_url, {"_w_hydrate_create_view": "1"}),
        }
        return JsonResponse(answer)
    return response


def _token(request: HttpRequest) -> str:
    token = request.POST.get("creation_token", "") if request.method == "POST" else ""
    return token if len(token) == _TOKEN_LENGTH else ""
