"""The OpenAPI document: its title and version, what is done to it once it is made, and the names of its choices."""

SPECTACULAR_SETTINGS = {
    # In ASCII: generators of clients make the name of a package of it.
    "TITLE": "Thuoc Do API",
    "DESCRIPTION": "Catalogs of products and works of a province's agencies, their versions and differences; uploads. "
    "[Begin here](/api/v1/guide/): a catalog read and kept in step in ten minutes.",
    # Raised with every entry of docs/api-changelog.md.
    "VERSION": "1.1.0",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "PREPROCESSING_HOOKS": ["api.schema.only_version_1"],
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "api.schema.let_any_value_be_null",
        "api.schema.let_pages_be_of_several_types",
        "api.schema.add_problems",
        "api.schema.add_place",
        "api.v1.examples.add_examples",
    ],
    "ENUM_NAME_OVERRIDES": {
        "AgencyKind": "cms.organisations.enums.AgencyKind",
        "AgencyBlock": "cms.organisations.enums.Block",
        "CodeForm": "cms.organisations.enums.CodeForm",
        "VersionState": "cms.catalogs.enums.VersionState",
        "FrameworkSubject": "cms.frameworks.enums.SubjectKind",
        "PeriodKind": "cms.evaluations.enums.PeriodKind",
        "EvaluationRole": "cms.organisations.enums.AuthoritySubject",
        "ScoreRole": "cms.scoring.definition.words.ROLES",
        "ScoreLevel": "cms.scoring.definition.words.LEVELS",
        "ScorePeriod": "cms.scoring.definition.words.PERIODS",
        "ScoreStatus": "cms.scoring.answer_shapes.STATUSES",
        "ImportKind": "importers.kinds.KIND_CHOICES",
        "ImportState": "importers.enums.BatchState",
        "ImportVerdict": "importers.enums.Verdict",
        "LikenessVerdict": "cms.curation.enums.Verdict",
        "ProposalKind": "cms.changesets.enums.ProposalKind",
        "ChangeSetState": "cms.changesets.enums.SetState",
        "RowClass": "importers.enums.RowClass",
        "MissingItems": "importers.enums.MissingItems",
        "WebhookState": "api.webhooks.models.EndpointState",
        "WebhookOffReason": "api.webhooks.models.OffReason",
        "DeliveryState": "api.webhooks.models.DeliveryState",
        "DeliveryError": "api.webhooks.models.DeliveryError",
    },
}
