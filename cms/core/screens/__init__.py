"""The kit that every admin screen of ours is built with: a screen, a form whose act is one action, a list in pages."""

from cms.core.screens.base import PageScreen, Screen
from cms.core.screens.forms import FormScreen
from cms.core.screens.lists import ListScreen
from cms.core.screens.tables import Column, below, link_to

__all__ = ["Column", "FormScreen", "ListScreen", "PageScreen", "Screen", "below", "link_to"]
