"""Has Wagtail's editors save each form once, and shows on the first screen what waits."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail import hooks

from cms.core import created_once, waiting

# After the workbench has put its own panels in the place of Wagtail's.
hooks.register("construct_homepage_panels", waiting.put_panel, order=10)


@hooks.register("insert_editor_js")
def add_save_once() -> str:
    """Load what makes a submission wait for the autosave."""
    return format_html(
        '<script src="{}" data-unsent="{}" data-refused="{}" defer></script>',
        static("js/save-once.js"),
        _("Not saved: the server cannot be reached. What you typed is still on this page; save again in a moment."),
        _("The server could not save just now. If you send it anyway, what you typed may be lost. Send it anyway?"),
    )


@hooks.register("before_create_snippet")
def go_on_with_snippet(request: HttpRequest, *of: Any) -> HttpResponse | None:
    """Go on with the snippet that the form made before."""
    return created_once.go_on(request)


@hooks.register("after_create_snippet")
def remember_snippet(request: HttpRequest, snippet: Any) -> None:
    """Note the snippet that the form made."""
    created_once.remember(request, snippet)
