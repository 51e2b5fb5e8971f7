"""What holds for every template."""

import re

from tests.architecture.test_files import ROOT, tracked

# Numbers are written for readers, 1.091; what a browser sends back or looks up has to be 1091.
KEY = re.compile(r"\{\{ ?[\w.]*(\.pk|\.edition|\.previous_page_number|\.next_page_number|_id) ?\}\}")
# Texts that are called an id.
TEXTS = {"event.request_id", "client.oauth_id", "oauth_id", "delivery.message_id", "field.auto_id"}


def test_keys_are_written_without_the_point_of_thousands():
    found = [
        f"{name}:{number}: {key.group()}"
        for name in tracked()
        if name.endswith(".html") and not name.startswith("tests/")
        for number, line in enumerate((ROOT / name).read_text(encoding="utf-8").splitlines(), 1)
        for key in KEY.finditer(line)
        if key.group().strip("{ }") not in TEXTS
    ]
    assert found == []
