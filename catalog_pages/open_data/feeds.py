"""What was published, for feed readers: Atom (RFC 4287), in pages (RFC 5005)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalog_pages.open_data.changelog import ChangelogEntry
from cms.core.paging import Page


class PagedAtom(Atom1Feed):
    """An Atom feed that names its next page (``next_url``)."""

    def add_root_elements(self, handler: Any) -> None:
        """Write what stands before the entries."""
        super().add_root_elements(handler)
        if self.feed["next_url"]:
            handler.addQuickElement("link", "", {"rel": "next", "href": self.feed["next_url"]})


def changes_feed(
    listed: Page[ChangelogEntry], publisher: str, absolute: Callable[[str], str], *, after: str = ""
) -> str:
    """Return the feed of a page of changes; ``absolute`` makes whole addresses."""
    own = reverse("open_data:feed")
    page = absolute(reverse("open_data:changes"))
    feed = PagedAtom(
        title=_("What was published: %(publisher)s") % {"publisher": publisher}, link=page, description=None,
        language=get_language(), author_name=publisher, feed_url=absolute(_at(own, after)),
        next_url=absolute(_at(own, listed.next)) if listed.next else "",
    )  # fmt: skip
    for change in listed.rows:
        feed.add_item(
            title=change.title, link=absolute(change.address), description=change.sentence,
            unique_id=f"{page}#{change.source}-{change.pk}", pubdate=change.published_at,
            updateddate=change.published_at,
        )  # fmt: skip
    return str(feed.writeString("utf-8"))


def _at(address: str, cursor: str | None) -> str:
    return f"{address}?{urlencode({'sau': cursor})}" if cursor else address
