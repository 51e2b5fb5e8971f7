"""Works that are alike, as if catalogs had said them."""

import uuid

from cms.catalogs.models import CatalogVersion
from cms.curation.actions.regrouping import regroup
from cms.curation.enums import LinkOrigin
from cms.curation.models import Cluster, CommonLink, Judgement, LikePair, WorkText
from cms.curation.models.texts import text_digest
from cms.users.models import User
from tests.factories.people import make_user


def make_cluster(*names: str) -> tuple[Cluster, Judgement]:
    """Return a cluster of texts alike to the first that wait for a judgement, and a judgement of nothing."""
    names = names or ("Cấp giấy phép xây dựng", "Cấp phép xây dựng")
    texts = [WorkText.objects.create(digest=text_digest(name, "", "", "1"), name=name, group="1") for name in names]
    for other in texts[1:]:
        LikePair.objects.create(one=texts[0], other=other, score="0.95", reasons=[["same_words", ""]])
    regroup([text.pk for text in texts])
    return Cluster.objects.get(members=texts[0]), Judgement.objects.create(verdict="same", by=make_user("bien-tap"))


def make_link(version: CatalogVersion, by: User) -> CommonLink:
    """Return a link of an item that nobody knows of any more, as if the common item had been made of it."""
    return CommonLink.objects.create(
        catalog=version.catalog, identity=uuid.uuid4(), common=uuid.uuid4(), origin=LinkOrigin.PROMOTED,
        source=version, by=by,
    )  # fmt: skip
