"""Works are judged once for ever, by one editor at a time, and undone one by one."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Q

from cms.audit.models import AuditEvent
from cms.catalogs import actions as catalog_actions
from cms.core.errors import DomainError, NotAllowed
from cms.curation import actions
from cms.curation.actions.regrouping import regroup
from cms.curation.enums import Verdict
from cms.curation.errors import ClusterChanged, HeldByOther
from cms.curation.models import Cluster, Judgement, LikePair, WorkText
from cms.curation.queue import former_judgements, mark_apart, show_cluster
from tests.factories import catalogs
from tests.integration.curation.conftest import OURS, THEIRS, make_list, read

pytestmark = pytest.mark.django_db


def cluster_of(said):
    """Return the cluster of a text, by its name or its fingerprint."""
    return Cluster.objects.distinct().get(Q(members__name=said) | Q(members__digest=said))


def judge(by, name, verdict=Verdict.SAME, texts=(), **said):
    cluster = cluster_of(name)
    return actions.judge(by=by, cluster=cluster, verdict=verdict, edition=cluster.edition, texts=texts, **said)


def test_a_pair_is_asked_once_and_again_when_a_text_changes_with_what_was_judged(lists, people):
    editor = people["editor"]
    judgement = judge(editor, THEIRS[0], reason="Chỉ khác cách viết tắt")
    event = AuditEvent.objects.get(action="cluster.judge")
    assert (event.reason, event.after["pairs"]) == ("Chỉ khác cách viết tắt", 1)
    actions.compare_all_anew()
    read()
    assert not Cluster.objects.waiting(editor).filter(members__name=THEIRS[0]).exists()

    item = lists[0].items.get(name=OURS[0])
    changed = "Soạn thảo báo cáo hằng quý về cải cách hành chính"
    changes = {"changes": {"name": changed}, "reason": "Rõ hơn"}
    catalog_actions.edit_items(by=editor, version=lists[0], items=[item], **changes)
    read()

    cluster = Cluster.objects.waiting(editor).get(members__name=changed)
    assert set(former_judgements(cluster.members.values_list("pk", flat=True)).values()) == {judgement}

    # What is said again as it was is as it was judged.
    catalog_actions.edit_items(by=editor, version=lists[0], items=[item], changes={"name": OURS[0]}, reason="Như cũ")
    read()
    assert not Cluster.objects.waiting(editor).filter(members__name=THEIRS[0]).exists()


def test_different_works_part_and_a_judgement_is_undone_after_three_later_ones(people, province):
    names = ["Cấp phép xây dựng", "Cấp giấy phép xây dựng", "Cấp giấy phép về xây dựng", "Cấp giấy phép cho xây dựng"]
    make_list(people, province.statistics, names[:2])
    make_list(people, province.office, names[2:])
    read()
    editor = people["editor"]
    keys = {text.name: text.pk for text in WorkText.objects.all()}
    assert cluster_of(names[0]).texts == 4

    first = judge(editor, names[0], Verdict.SAME, texts=[keys[names[0]], keys[names[1]]])
    apart = judge(editor, names[3], Verdict.DIFFERENT, texts=[keys[names[3]]])
    with pytest.raises(Cluster.DoesNotExist):
        cluster_of(names[3])
    assert cluster_of(names[0]).texts == 3
    judge(editor, names[0], Verdict.RIGHTLY)

    actions.undo(by=editor, judgement=apart)
    assert cluster_of(names[3]).texts == 4
    later = judge(editor, names[3], Verdict.SAME)
    actions.undo(by=editor, judgement=first)

    assert LikePair.objects.waiting().count() == 1
    assert later.standing.count() == 3
    assert Judgement.objects.standing().count() == 2
    with pytest.raises(DomainError, match="hủy|undone"):
        actions.undo(by=editor, judgement=first)


def test_of_two_editors_at_once_one_judges_and_the_other_reads_why_not(lists, people):
    one, other = people["editor"], people["approver"]
    cluster = actions.take(by=one, cluster=cluster_of(THEIRS[0]))

    with pytest.raises(HeldByOther, match=str(one)):
        actions.judge(by=other, cluster=cluster, verdict=Verdict.SAME, edition=cluster.edition)
    with pytest.raises(HeldByOther):
        actions.take(by=other, cluster=cluster)
    assert actions.take_next(by=other) == cluster_of(OURS[2])

    taken = actions.take(by=other, cluster=cluster, because="Chị nghỉ phép")
    assert (taken.taken_by, taken.taken_because) == (other, "Chị nghỉ phép")
    assert AuditEvent.objects.get(action="cluster.take_over").reason == "Chị nghỉ phép"
    actions.judge(by=other, cluster=taken, verdict=Verdict.SAME, edition=taken.edition)
    actions.release(by=other, cluster=taken)
    with pytest.raises(ClusterChanged):
        actions.judge(by=one, cluster=taken, verdict=Verdict.DIFFERENT, edition=taken.edition)


def test_what_was_withdrawn_is_forgotten_by_the_queue_and_its_judgement_kept(lists, people):
    judgement = judge(people["editor"], THEIRS[0])
    stale = cluster_of(OURS[2])
    catalogs.send_back(lists[1], people["editor"])
    read()

    assert not Cluster.objects.exists()
    with pytest.raises(NotAllowed):
        actions.judge(by=people["editor"], cluster=stale, verdict=Verdict.SAME, edition=stale.edition)
    assert judgement.standing.count() == 1
    catalogs.submit(lists[1], lists[1].created_by)
    read()
    assert [str(cluster) for cluster in Cluster.objects.waiting(people["editor"])] == [OURS[2]]


def test_a_cluster_of_five_thousand_is_read_in_pages_and_judged_as_a_whole(people):
    name = "Cấp giấy phép xây dựng"
    texts = [WorkText(digest=f"{number:064}", name=name, output=f"Giấy {number}") for number in range(5000)]
    first, *others = WorkText.objects.bulk_create(texts)
    LikePair.objects.bulk_create(LikePair(one=first, other=other, score="0.9") for other in others)
    regroup([text.pk for text in texts])
    cluster = cluster_of(texts[0].digest)
    assert (cluster.texts, cluster.open_pairs) == (5000, 4999)

    shown = show_cluster(cluster, people["editor"], 3)
    assert (len(shown.texts), shown.page.paginator.num_pages) == (50, 100)
    judgement = judge(people["editor"], texts[0].digest)
    assert judgement.judged.count() == 4999
    assert not Cluster.objects.waiting(people["editor"]).exists()
    actions.undo(by=people["editor"], judgement=judgement)
    assert cluster_of(texts[0].digest).open_pairs == 4999


def test_nobody_else_judges(lists, people):
    for role in ("uploader", "provincial_approver", "technical_admin"):
        with pytest.raises(NotAllowed):
            judge(people[role], THEIRS[0])
    assert not Cluster.objects.visible_to(people["uploader"]).exists()


def test_the_database_keeps_judgements(lists, people):
    judgement = judge(people["editor"], THEIRS[0])
    for statement in (
        "UPDATE curation_judgement SET verdict = 'different'",
        "DELETE FROM curation_judgedpair",
        f"DELETE FROM curation_judgement WHERE id = {judgement.pk}",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_words_that_differ_are_marked():
    assert mark_apart(["Cấp <b> phép", "Cấp phép mới"]) == [
        "Cấp &lt;<mark>b</mark>&gt; phép",
        "Cấp phép <mark>mới</mark>",
    ]
