from django.apps import AppConfig


class CatalogPagesConfig(AppConfig):
    """Pages of the catalogs: what people see."""

    name = "catalog_pages"

    def ready(self) -> None:
        """Make acts, guards of the database, checks and the policy of pages known, and listen to changes."""
        from django.core.checks import Tags, register

        from catalog_pages import freshness
        from catalog_pages.acts import register_acts
        from catalog_pages.open_data.checks import check_licence
        from catalog_pages.page_policy import register_policy
        from catalog_pages.site_address import check_site_address
        from catalog_pages.surveys.acts import register_survey_acts
        from catalog_pages.surveys.triggers import SURVEY_TRIGGERS
        from catalog_pages.transparency.seals import RELEASES
        from catalog_pages.transparency.triggers import RELEASE_TRIGGERS
        from cms.audit.seals import add_kind
        from cms.core.checks import register_triggers

        register_acts()
        register_survey_acts()
        add_kind(RELEASES)
        register_triggers(RELEASE_TRIGGERS)
        register_triggers(SURVEY_TRIGGERS)
        register(check_licence)
        register(check_site_address, Tags.database)
        freshness.connect_signals()
        register_policy()
