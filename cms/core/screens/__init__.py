"""The kit that every admin screen of ours is built with: a screen, a form whose act is one action, a list in pages."""

from cms.core.screens.base import PageScreen, Screen
from cms.core.screens.forms import ActFormView, FormScreen
from cms.core.screens.lists import ListScreen, RowsView
from cms.core.screens.tables import Column, below, link_to

__all__ = [
    "ActFormView",
    "Column",
    "FormScreen",
    "ListScreen",
    "PageScreen",
    "RowsView",
    "Screen",
    "below",
    "link_to",
]
