"""What is known of the works of all catalogs: their texts, which are alike, what was judged, and abbreviations."""

from cms.curation.models.abbreviations import Abbreviation
from cms.curation.models.answers import AgencyAnswer
from cms.curation.models.clusters import Cluster, ClusterQuerySet
from cms.curation.models.judgements import JudgedPair, Judgement, JudgementQuerySet
from cms.curation.models.links import CommonLink, CommonLinkQuerySet
from cms.curation.models.pairs import LikePair, LikePairQuerySet
from cms.curation.models.texts import CatalogReading, Vocabulary, WorkText, WorkUse, WorkUseQuerySet

__all__ = [
    "Abbreviation",
    "AgencyAnswer",
    "CatalogReading",
    "Cluster",
    "ClusterQuerySet",
    "CommonLink",
    "CommonLinkQuerySet",
    "JudgedPair",
    "Judgement",
    "JudgementQuerySet",
    "LikePair",
    "LikePairQuerySet",
    "Vocabulary",
    "WorkText",
    "WorkUse",
    "WorkUseQuerySet",
]
