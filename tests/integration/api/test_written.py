"""What the database writes of an item is what the serializer writes of it, to the letter."""

from decimal import Decimal

import orjson
import pytest

from api.v1.serializers.items import ItemSerializer
from cms.catalogs import actions
from cms.catalogs.enums import Audience
from tests.factories import catalogs

ALL = ",".join(ItemSerializer().fields)
ODD = 'Chữ "trong ngoặc" \\ và } {"a": 1}, thẻ </script>, \t tab, dòng\nmới, 😀, \u2028, % %s %% và "{}"'


@pytest.fixture
def odd(people, province):
    """Return a draft with an item of odd texts and every number, and one with added columns."""
    for name, audience in (("Mở", Audience.EVERYONE), ("Kín", Audience.APPRAISERS)):
        actions.save_column(by=people["editor"], name=name, audience=audience)
    version = catalogs.make_version(people["uploader"], province.statistics)
    numbers = dict.fromkeys(("hours", "difficulty", "process", "coordination", "scope"), Decimal("0.1235"))
    texts = dict.fromkeys(("task", "name", "output", "legal", "note"), ODD)
    catalogs.make_items(version, 1, 50, **texts, **numbers, score=Decimal("99999999.9999"), coefficient=Decimal("1.1"))
    version.items.filter(code="TK.00001").update(extra={"mo": ODD, "kin": "Không cho ai"})
    return version


@pytest.mark.parametrize("role", ["uploader", "editor"])
@pytest.mark.parametrize("path", ["items/", "catalogs/thong-ke/versions/1/items/"])
def test_whole_items_say_what_chosen_fields_say(api, people, odd, role, path):
    whole = api.results(path, people[role])

    assert whole == api.results(path, people[role], fields=ALL)
    written = {row["code"]: row for row in whole}
    assert len(written) == 4
    assert written["TK.00050"]["note"] == ODD and written["TK.00050"]["score"] == "99999999.9999"
    assert written["TK.00001"]["hours"] is None
    assert set(written["TK.00001"]["extra"]) == ({"mo"} if role == "uploader" else {"mo", "kin"})


def test_lines_of_an_export_say_what_the_list_says(api, people, odd):
    lines = b"".join(api.get("items/export/", people["uploader"])).splitlines()

    assert [orjson.loads(line) for line in lines] == api.results("items/", people["uploader"])
