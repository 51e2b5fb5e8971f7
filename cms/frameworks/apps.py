from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FrameworksConfig(AppConfig):
    """Criteria frameworks: the rules by which people and agencies are judged, their versions and trials."""

    name = "cms.frameworks"
    label = "frameworks"
    verbose_name = _("Criteria frameworks")

    def ready(self) -> None:
        """Register the ledger's acts and the database's guards, and provide what the models call above them."""
        from cms.audit.seals import add_kind
        from cms.core.checks import register_triggers
        from cms.frameworks import preview
        from cms.frameworks.actions import publish_revision
        from cms.frameworks.acts import register_acts
        from cms.frameworks.message_kinds import register_kinds
        from cms.frameworks.models import frameworks
        from cms.frameworks.personal import register_pages
        from cms.frameworks.seals import ISSUING_DECISIONS, PUBLISHED_VERSIONS
        from cms.frameworks.triggers import FRAMEWORK_TRIGGERS

        register_acts()
        register_kinds()
        register_pages()
        add_kind(PUBLISHED_VERSIONS)
        add_kind(ISSUING_DECISIONS)
        register_triggers(FRAMEWORK_TRIGGERS)
        frameworks.PUBLISH.provide(publish_revision)
        frameworks.PREVIEW_MODES.provide(preview.modes)
        frameworks.PREVIEW_CONTEXT.provide(preview.context)
