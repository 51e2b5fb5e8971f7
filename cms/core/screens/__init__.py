"""The kit that every admin screen of ours is built with: a screen, a form whose act is one action, a list in pages."""

from cms.core.screens.base import PageScreen, Screen
from cms.core.screens.forms import FormScreen
from cms.core.screens.lists import ListScreen

__all__ = ["FormScreen", "ListScreen", "PageScreen", "Screen"]
