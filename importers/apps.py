from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import module_has_submodule

from importers.kinds import PACKAGES, is_whole, kinds_for_programs, own_kinds


class ImportersConfig(AppConfig):
    """The way in."""

    name = "importers"

    def import_models(self) -> None:
        """Load the models that kinds of upload have of their own, too."""
        super().import_models()
        for package in map(import_module, PACKAGES):
            if module_has_submodule(package, "models"):
                import_module(f"{package.__name__}.models")

    def ready(self) -> None:
        from importers.acts import register_acts
        from importers.message_kinds import register_kinds
        from importers.models import IMPERSONAL_KINDS, IS_WHOLE, OWN_KINDS

        register_acts()
        register_kinds()
        IMPERSONAL_KINDS.provide(kinds_for_programs)
        OWN_KINDS.provide(own_kinds)
        IS_WHOLE.provide(is_whole)
