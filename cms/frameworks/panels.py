"""The tabs of the editor."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, Panel, TabbedInterface
from wagtail.admin.widgets.datetime import AdminDateTimeInput

from cms.frameworks.bases import Beside, base_version_on, unmet
from cms.frameworks.conversion import definition_data
from cms.frameworks.forms import FrameworkForm
from cms.frameworks.overlap import Overlap, overlaps
from cms.frameworks.presenters import opened, public_address
from cms.frameworks.sources import sources_of
from cms.scoring import shipped


class StartPanel(Panel):
    """On a new framework: what else it may begin with than the decree."""

    class BoundPanel(Panel.BoundPanel):
        """Links to the same screen, filled from another definition."""

        template_name = "frameworks/start_panel.html"

        def is_shown(self) -> bool:
            return self.instance.pk is None

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Add what is shipped, and what the screen is filled from now."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            chosen = self.request.GET.get("from", "") if self.request else ""
            return context | {
                "starts": [(code, shipped.load(code).name) for code in shipped.codes()],
                "chosen": chosen,
                "url": reverse(self.instance.snippet_viewset.get_url_name("add")),
            }


class OfAgencyPanel(FieldPanel):
    """A field that only an agency's own framework has; it is set when the framework is made and never edited."""

    class BoundPanel(FieldPanel.BoundPanel):
        """Shown where there is something to show."""

        def is_shown(self) -> bool:
            return self.instance.agency_id is not None and super().is_shown()


class LimitsPanel(Panel):
    """On an agency's own framework: what the agency writes itself, and that all else is as in the province's."""

    class BoundPanel(Panel.BoundPanel):
        """The limits that the framework which this one is made of sets on the day from which this is to hold."""

        template_name = "frameworks/limits_panel.html"

        def is_shown(self) -> bool:
            """Show it for a framework that is made of another."""
            return self.instance.base_id is not None

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Add what is open, in words, and where the province's framework is to be read."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            base = base_version_on(self.instance.base, self.instance.effective_from)
            return context | ({"base": base, "public_address": public_address(base), **opened(base)} if base else {})


class BasePanel(Panel):
    """On an agency's own framework: what is due of its versions because the base has moved."""

    class BoundPanel(Panel.BoundPanel):
        """What is due, and the way to confirm or follow."""

        template_name = "frameworks/base_panel.html"

        @cached_property
        def unmet(self) -> list[Beside]:
            return unmet(self.instance) if self.instance.base_id is not None else []

        def is_shown(self) -> bool:
            return bool(self.unmet)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return context | {"unmet": self.unmet, "instance": self.instance}


class OverlapPanel(Panel):
    """On a draft: the published frameworks beside which it would be in force for the same people."""

    class BoundPanel(Panel.BoundPanel):
        """Their names, versions and days."""

        template_name = "frameworks/overlap_panel.html"

        @cached_property
        def overlaps(self) -> list[Overlap]:
            """Return what the draft overlaps with."""
            return overlaps(self.instance) if self.instance.pk else []

        def is_shown(self) -> bool:
            return bool(self.overlaps)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            undecided = any(each.wins is None for each in self.overlaps)
            return context | {"overlaps": self.overlaps, "undecided": undecided}


class DraftNotesPanel(Panel):
    """On a saved draft: the sources that wait to be confirmed, and where it departs from the decree."""

    class BoundPanel(Panel.BoundPanel):
        """What is told of the draft as it was saved."""

        template_name = "frameworks/draft_panel.html"

        def is_shown(self) -> bool:
            return self.instance.pk is not None

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Add the definition and how many of its sources wait."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            definition = definition_data(self.instance)
            return context | {"definition": definition, "waiting": len(sources_of(definition).waiting)}


class GoLivePanel(MultiFieldPanel):
    """The day to publish, in Wagtail's dialog of scheduled publishing. A framework never expires: it is superseded."""

    def __init__(self, **kwargs: Any) -> None:
        widget = AdminDateTimeInput(
            js_overlay_parent_selector="#schedule-publishing-dialog",
            attrs={
                "data-controller": "w-action",
                "data-action": "w-dialog:hidden->w-action#reset",
                "data-w-dialog-target": "notify",
            },
        )
        super().__init__(**{"children": [FieldPanel("go_live_at", widget=widget)], "classname": "publishing"} | kwargs)

    class BoundPanel(MultiFieldPanel.BoundPanel):
        """Wagtail's dialog."""

        template_name = "wagtailadmin/panels/publishing/schedule_publishing_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return context | {
                "request": self.request,
                "instance": self.instance,
                "classname": self.classname,
                "model_opts": self.instance._meta,
            }

        def show_panel_furniture(self) -> bool:
            """The dialog has its own frame."""
            return False


GENERAL = [
    DraftNotesPanel(),
    StartPanel(heading=_("Begin with"), classname="collapsed"),
    BasePanel(heading=_("The base has moved")),
    FieldPanel("name"),
    FieldRowPanel([FieldPanel("code"), FieldPanel("effective_from"), FieldPanel("effective_to")]),
    FieldPanel("backdating_reason"),
    OfAgencyPanel("agency", read_only=True),
    OfAgencyPanel("base", read_only=True),
    LimitsPanel(heading=_("What the agency writes itself")),
    MultiFieldPanel(
        [
            FieldPanel("subject"),
            FieldRowPanel([FieldPanel("categories"), FieldPanel("roles"), FieldPanel("position_groups")]),
            FieldRowPanel([FieldPanel("kinds"), FieldPanel("blocks")]),
            FieldRowPanel([FieldPanel("subtrees"), FieldPanel("agencies")]),
        ],
        heading=_("For whom"),
    ),
    OverlapPanel(heading=_("For the same people at the same time")),
    FieldPanel("basis"),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("open_sections"), FieldPanel("open_settings")]),
            FieldPanel("overridable"),
        ],
        heading=_("What others may choose"),
        classname="collapsed",
    ),
    GoLivePanel(),
]

edit_handler = TabbedInterface(
    [
        ObjectList(GENERAL, heading=_("General")),
        ObjectList([FieldPanel("sections")], heading=_("Sections")),
        ObjectList([FieldPanel("classification")], heading=_("Classification")),
        ObjectList([FieldPanel("rules")], heading=_("Rules")),
    ],
    base_form_class=FrameworkForm,
)
