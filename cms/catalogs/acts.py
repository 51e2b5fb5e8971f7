"""The acts of catalogs and their versions, rounds and added columns."""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext_lazy as _

from cms.audit.acts import Act, Event, EventAudience, register

_Public = partial(Act, is_content=False, is_public=True)
_Content = partial(Act, is_content=True, is_public=False)
_PublicContent = partial(Act, is_content=True, is_public=True)

_VERSION_STARTED = Event("catalog.version.started", _("a version is started"), EventAudience.WORKING)
_VERSION_CHANGED = Event("catalog.version.changed", _("a version or its items are changed"), EventAudience.WORKING)
_VERSION_DISCARDED = Event("catalog.version.discarded", _("a draft is discarded"), EventAudience.WORKING)
_VERSION_WITHDRAWN = Event(
    "catalog.version.withdrawn", _("a submitted version is taken back"), EventAudience.APPRAISING
)
_VERSION_SUBMITTED = Event("catalog.version.submitted", _("a version is submitted"), EventAudience.APPRAISING)
_VERSION_RETURNED = Event(
    "catalog.version.returned", _("a version is returned to the agency"), EventAudience.APPRAISING
)
_VERSION_ACCEPTED = Event(
    "catalog.version.accepted", _("a version is accepted by the appraisers"), EventAudience.APPRAISING
)
_VERSION_APPROVED = Event(
    "catalog.version.approved", _("a version is approved by a decision"), EventAudience.APPRAISING
)
_VERSION_PUBLISHED = Event(
    "catalog.version.published", _("a version of a catalog is published"), EventAudience.EVERYBODY
)
_VERSION_SUPERSEDED = Event(
    "catalog.version.superseded", _("a version of a catalog is followed by the next"), EventAudience.EVERYBODY
)


def register_acts() -> None:
    """Make the acts known to the ledger."""
    register(
        _Public("round.add", _("added the round")),
        _Public("round.edit", _("changed the round")),
        _Public("column.add", _("added the extra column")),
        _Public("column.edit", _("changed the extra column")),
        _Public("column.propose", _("proposed a change of the extra column")),
        _Public("column.confirm", _("confirmed, as the second person, a change of the extra column")),
        _Public("column.refuse", _("dropped a change proposed of the extra column")),
        _Public("catalog.open", _("opened the catalog")),
        _Content("catalog_version.start", _("started the version"), event=_VERSION_STARTED),
        _Content("catalog_version.edit", _("changed the details of the version"), event=_VERSION_CHANGED),
        _Content("catalog_version.upload", _("took an uploaded list over into the version"), event=_VERSION_CHANGED),
        _Content("catalog_version.discard", _("took away the draft"), event=_VERSION_DISCARDED),
        _Content("catalog_version.note", _("left a note on an item of the version")),
        _Content("catalog_version.close_note", _("closed a note on an item of the version")),
        _Content(
            "catalog_version.withdraw",
            _("took back the version"),
            event=_VERSION_WITHDRAWN,
            formerly=("catalog_version.draft",),
        ),
        _Content(
            "catalog_version.submit",
            _("submitted the version"),
            event=_VERSION_SUBMITTED,
            formerly=("catalog_version.submitted",),
        ),
        _Content(
            "catalog_version.return",
            _("returned the version"),
            event=_VERSION_RETURNED,
            formerly=("catalog_version.returned",),
        ),
        _Content(
            "catalog_version.accept",
            _("accepted the version"),
            event=_VERSION_ACCEPTED,
            formerly=("catalog_version.appraised",),
        ),
        Act("catalog_version.assign", _("assigned the reading of the version"), is_content=False, is_public=False),
        Act("catalog_version.release", _("released the reading of the version"), is_content=False, is_public=False),
        Act("catalog.remind", _("reminded the agency of its list"), is_content=False, is_public=False),
        _Content("catalog_version.give_opinion", _("gave, for a body that was asked, an opinion on the version")),
        _Public("opinion_step.add", _("added the step before the decision")),
        _Public("opinion_step.edit", _("changed the step before the decision")),
        _Public("opinion_step.remove", _("removed the step before the decision")),
        _PublicContent("catalog_version.approve", _("approved the version"), event=_VERSION_APPROVED),
        _PublicContent("catalog_version.publish", _("published the version"), event=_VERSION_PUBLISHED),
        _PublicContent("catalog_version.supersede", _("ended the validity of the version"), event=_VERSION_SUPERSEDED),
        _Content("catalog_item.add", _("added an item to the version"), event=_VERSION_CHANGED),
        _Content(
            "catalog_item.write_many",
            _("wrote several items of the version"),
            event=_VERSION_CHANGED,
            formerly=("catalog_item.bulk",),
        ),
        _Content("catalog_item.edit", _("changed items of the version"), event=_VERSION_CHANGED),
        _Content("catalog_item.remove", _("removed items from the version"), event=_VERSION_CHANGED),
        labels={
            "item": _("item"),
            "text": _("text"),
            "base": _("made from version"),
            "batch": _("upload"),
            "step": _("step"),
            "editor": _("appraising editor"),
            "terms_hash": _("hash of the terms"),
            "items": _("number of items"),
        },
    )
