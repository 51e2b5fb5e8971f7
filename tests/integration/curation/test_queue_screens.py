"""The queue in the admin: taken, judged, undone, and taken over."""

import pytest
from django.urls import reverse

from cms.curation.models import Cluster, Judgement
from tests.integration.curation.conftest import OURS, THEIRS

pytestmark = [pytest.mark.django_db, pytest.mark.one_database("screens")]


def test_an_editor_works_through_the_queue_without_a_script(client, lists, people, django_assert_max_num_queries):
    client.force_login(people["editor"])
    listed = client.get(reverse("curation:queue")).content.decode()
    assert OURS[0] in listed
    assert THEIRS[0] in listed

    taken = client.post(reverse("curation:next"), follow=True)
    cluster = taken.context["cluster"]
    assert cluster.taken_by == people["editor"]
    with django_assert_max_num_queries(45):
        page = client.get(reverse("curation:cluster", args=[cluster.pk])).content.decode()
    assert "<mark>" in client.get(reverse("curation:cluster", args=[_cluster(THEIRS[0]).pk])).content.decode()
    assert lists[0].catalog.agency.name in page

    body = {"edition": cluster.edition, "texts": [text.pk for text in cluster.members.all()], "verdict": "same"}
    following = client.post(reverse("curation:cluster", args=[cluster.pk]), body, follow=True)
    judgement = Judgement.objects.get()
    assert reverse("curation:undo", args=[judgement.pk]) in following.content.decode()
    assert following.context["cluster"] != cluster
    nothing_ticked = client.post(following.request["PATH_INFO"], {"edition": 1, "verdict": "same"}, follow=True)
    assert "Hãy chọn" in nothing_ticked.content.decode()

    assert OURS[2] in client.get(reverse("curation:judgements"), {"today": "on", "own": "on"}).content.decode()
    client.post(reverse("curation:undo", args=[judgement.pk]))
    assert not Judgement.objects.standing().exists()


def test_another_editor_reads_who_has_it_and_takes_it_over_with_a_word(client, lists, people):
    client.force_login(people["editor"])
    address = client.post(reverse("curation:next"))["Location"]
    client.force_login(people["approver"])
    page = client.get(address)
    assert people["editor"].full_name in page.content.decode()
    assert 'value="same"' not in page.content.decode()

    cluster = page.context["cluster"]
    took = client.post(reverse("curation:take_over", args=[cluster.pk]), {"because": "Gấp"}, follow=True)
    assert 'value="same"' in took.content.decode()
    client.post(reverse("curation:release", args=[cluster.pk]))
    assert Cluster.objects.get(pk=cluster.pk).taken_by is None


def _cluster(name):
    return Cluster.objects.get(members__name=name)
