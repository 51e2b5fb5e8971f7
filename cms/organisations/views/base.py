"""The kit of screens for those who administer: every screen of this room, unless it opens to others."""

from __future__ import annotations

from cms.core import screens
from cms.organisations.permissions import can_administer


class Screen(screens.Screen):
    """A screen for those who administer."""

    opens_to = staticmethod(can_administer)


class FormScreen(Screen, screens.FormScreen):
    """A form for those who administer."""


class ListScreen(Screen, screens.ListScreen):
    """A list for those who administer."""
