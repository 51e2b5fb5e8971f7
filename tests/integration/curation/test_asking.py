"""While a clerk writes: which known works this is like, and the two answers. Nothing of it blocks."""

from decimal import Decimal

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.audit.models import AuditEvent
from cms.core.errors import NotAllowed
from cms.curation import actions
from cms.curation.asking import questions_about, work_of
from cms.curation.enums import Verdict
from cms.curation.models import AgencyAnswer, Cluster
from cms.dedupe.finding import Work
from importers import actions as importing
from tests.factories import catalogs
from tests.integration.curation.conftest import make_list, read

pytestmark = pytest.mark.django_db
TYPED = {"name": "Dự thảo báo cáo quý về CCHC", "output": "Báo cáo", "unit": "báo cáo", "group": "1"}


@pytest.fixture
def writing(province, people):
    """Return a draft of one agency; another has a work in effect, and a third work waits for its decision."""
    decided = make_list(people, province.office, ["Soạn thảo báo cáo quý về cải cách hành chính"])
    catalogs.decide(catalogs.accept(decided, people["editor"]), people["provincial_approver"])
    read()
    return catalogs.make_version(people["uploader"], province.statistics, items=0)


def test_a_clerk_is_asked_answers_and_is_not_asked_again(client, writing, people):
    client.force_login(people["uploader"])
    address = f"/admin/catalogs/versions/{writing.pk}/items/alike/"

    asked = client.get(address, TYPED).content.decode()

    assert "Đây có phải là cùng một việc?" in asked
    assert "Văn phòng UBND tỉnh: Soạn thảo báo cáo quý về cải cách hành chính" in asked
    assert "Đây có phải" not in client.get(address, TYPED | {"name": "Cấp giấy phép xây dựng"}).content.decode()
    answer = client.post(address, TYPED, follow=True)
    assert "Đã ghi nhớ: đây là việc khác." in answer.content.decode()
    assert "Đây có phải" not in client.get(address, TYPED).content.decode()
    assert AgencyAnswer.objects.get().catalog == writing.catalog
    assert AuditEvent.objects.filter(action="catalog.answer").count() == 1
    # A changed text is asked about anew, and another answer adds nothing twice.
    assert (
        "Đây có phải"
        in client.get(address, TYPED | {"name": "Dự thảo báo cáo quý về CCHC theo quy định"}).content.decode()
    )
    client.post(address, TYPED)
    assert AgencyAnswer.objects.count() == 1


def test_the_same_work_is_taken_over_into_the_form(client, writing, people, province):
    known = province.office.catalog.versions.get().items.get()
    client.force_login(people["uploader"])

    form = client.get(f"/admin/catalogs/versions/{writing.pk}/items/add/?like={known.pk}").content.decode()

    assert known.name in form and f'value="{known.code}"' not in form
    assert client.get(f"/admin/catalogs/versions/{writing.pk}/items/add/?like=khong").status_code == 200


def test_works_of_the_own_list_are_named_and_those_that_wait_elsewhere_are_not(writing, people, province):
    next_one = catalogs.make_version(people["other_uploader"], province.office)
    catalogs.make_items(next_one, 1, 50, name="Thẩm định dự toán cấp tỉnh")
    catalogs.submit(next_one, people["other_uploader"])
    read()
    catalogs.make_items(writing, 1, 1, name="Tiếp công dân", coefficient=Decimal(2))

    own, waiting = questions_about(
        [Work("", "Công tác tiếp công dân"), Work("", "Thẩm định dự toán cấp tỉnh")],
        writing.catalog,
        writing.items.all(),
    )

    assert [item.name for item in own.own] == ["Tiếp công dân"] and not own.others
    assert not waiting


def test_what_editors_judged_different_is_not_asked_about(writing, people, province):
    theirs = writing.catalog.versions.get()
    catalogs.make_items(theirs, 1, 1, name=TYPED["name"], output="Báo cáo", unit="báo cáo", group=1)
    catalogs.submit(theirs, people["uploader"])
    read()
    cluster = Cluster.objects.get()
    work = work_of(theirs.items.get())
    assert len(questions_about([work], writing.catalog)[0].others) == 1

    actions.judge(by=people["editor"], cluster=cluster, verdict=Verdict.DIFFERENT, edition=cluster.edition)

    assert not questions_about([work], writing.catalog)[0]


def test_many_works_are_asked_about_by_as_many_queries_as_one(writing):
    counts = []
    questions_about([], writing.catalog)
    for number in (1, 30):
        with CaptureQueriesContext(connection) as queries:
            questions_about([Work("", TYPED["name"])] * number, writing.catalog, writing.items.all())
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_rows_of_an_upload_are_asked_about_before_they_are_written(client, writing, people, province):
    catalog = "TT,Mã sản phẩm/công việc,Tên nhiệm vụ,Sản phẩm/công việc đầu ra,Đơn vị tính,Nhóm,Hệ số quy đổi\n"
    catalog += f'1,A.1,{TYPED["name"]},Báo cáo,báo cáo,1,"1,5"\n2,A.2,Cấp giấy phép xây dựng,giấy phép,giấy phép,1,2\n'
    file = ContentFile(catalog.encode(), name="a.csv")
    batch = importing.upload(by=people["uploader"], agency=province.statistics, file=file, name="a.csv", wait=True)
    client.force_login(people["uploader"])
    address = f"/admin/imports/{batch.pk}/?show=new"

    page = client.get(address).content.decode()

    assert page.count("Đây có phải là cùng một việc?") == 1
    answered = client.post(f"/admin/imports/{batch.pk}/another-work/", TYPED, follow=True).content.decode()
    assert "Đã ghi nhớ: đây là việc khác." in answered
    assert "Đây có phải" not in client.get(address).content.decode()


def test_only_who_writes_the_list_answers(writing, people):
    with pytest.raises(NotAllowed):
        actions.answer_other_work(by=people["other_uploader"], catalog=writing.catalog, work=Work("", "x"), than=["y"])
