#!/usr/bin/env python3
"""Keep a copy of a province's published catalogs in step, in a file of SQLite.

    python3 keep_in_step.py https://thuocdo.example.gov.vn --agency thong-ke

The first run copies every version that holds, with its items; each later run reads what happened since and fetches
only the versions that are new. Run it as often as you like, from cron for example. It needs Python 3.9 and nothing
else, and no account. It may be stopped at any moment: a version is stored with all its items or not at all, and the
place in the feed of events moves on only when what the events tell of is stored. What is in force today:

    sqlite3 thuocdo.sqlite3 "select code, name, unit, coefficient from in_force order by agency, position"
"""

import argparse
import json
import sqlite3
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from typing import Any

# A published version never changes but for its last day, which the next one sets.
SCHEMA = """
create table if not exists place (what text primary key, next text not null);
create table if not exists version (
    agency text, number integer, effective_from text, effective_to text, url text, primary key (agency, number));
create table if not exists item (
    agency text, version integer, identity text, position integer, code text, name text, unit text,
    coefficient text, whole text, primary key (agency, version, identity));
create view if not exists in_force as
    select item.* from item join version on item.agency = version.agency and item.version = version.number
    where effective_from <= date('now', '+7 hours') and coalesce(effective_to, '9999') >= date('now', '+7 hours');
"""
COLUMNS = ("agency", "version", "identity", "position", "code", "name", "unit", "coefficient")
EVENTS = "catalog.version.published,catalog.version.superseded"
BUSY = (429, 502, 503, 504)


def ask(address: str, tries: int = 6) -> Any:
    """Return an answer, to be read; wait and try again where the platform is busy or out of reach."""
    request = urllib.request.Request(address, headers={"Accept": "*/*", "User-Agent": "keep-in-step/1"})
    for attempt in range(1, tries):
        try:
            return urllib.request.urlopen(request, timeout=60)
        except OSError as error:
            if isinstance(error, urllib.error.HTTPError) and error.code not in BUSY:
                raise
            headers = getattr(error, "headers", None) or {}
            time.sleep(int(headers.get("Retry-After") or 2**attempt))
    return urllib.request.urlopen(request, timeout=60)


def read(address: str, **query: str) -> Any:
    """Return the JSON at an address."""
    with ask(f"{address}?{urllib.parse.urlencode(query)}" if query else address) as answer:
        return json.load(answer)


def pages(address: str) -> Iterator[Any]:
    """Yield the rows of a list, page after page."""
    while address:
        page = read(address)
        yield from page["results"]
        address = page["next"]


def copy_agency(store: sqlite3.Connection, api: str, agency: str) -> None:
    """Bring the copy of one agency's versions up to date."""
    today = (datetime.now(timezone.utc) + timedelta(hours=7)).date().isoformat()
    held = {number for (number,) in store.execute("select number from version where agency = ?", [agency])}
    for version in pages(f"{api}catalogs/{agency}/versions/?page_size=100"):
        number, ends = version["number"], version["effective_to"]
        if number in held:
            with store:
                store.execute(
                    "update version set effective_to = ? where agency = ? and number = ?", [ends, agency, number]
                )
        elif ends is None or ends >= today:
            copy_version(store, api, version)
    with store:
        store.execute("delete from version where agency = ? and effective_to < ?", [agency, today])
        store.execute("delete from item where (agency, version) not in (select agency, number from version)")


def copy_version(store: sqlite3.Connection, api: str, version: Any) -> None:
    """Store a version with all its items, in one transaction; a line of JSON is an item."""
    agency, number, count = version["agency"]["code"], version["number"], 0
    with ask(f"{api}items/export/?agency={agency}&version={number}") as lines, store:
        for line in lines:
            item, count = json.loads(line), count + 1
            row = [*(item[name] for name in COLUMNS), line.decode().rstrip("\n")]
            store.execute("insert into item values (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        if count != version["item_count"]:
            raise EOFError(f"{agency}, version {number}: {count} of {version['item_count']} items came")
        days = [version["effective_from"], version["effective_to"]]
        store.execute("insert into version values (?, ?, ?, ?, ?)", [agency, number, *days, version["url"]])
    print(f"{agency}: version {number}, {count} items")


def begin(store: sqlite3.Connection, api: str, only: dict[str, str]) -> str:
    """Copy everything. The place in the feed is taken before, so that nothing that happens meanwhile is missed."""
    place: str = read(f"{api}events/", type=EVENTS, after="end", **only)["next"]
    catalogs = pages(f"{api}catalogs/?page_size=100")
    for agency in only.values() or [catalog["agency"]["code"] for catalog in catalogs]:
        copy_agency(store, api, agency)
    return place


def follow(store: sqlite3.Connection, api: str, place: str) -> str:
    """Fetch what the events since the place tell of, and return the new place."""
    while True:
        page = read(place)
        for agency in sorted({event["data"]["agency"] for event in page["results"]}):
            copy_agency(store, api, agency)
        place = str(page["next"])
        if not page["results"]:
            return place


def main(arguments: list[str]) -> None:
    """Bring the copy in step, once."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("platform", help="address of the platform, https://…")
    parser.add_argument("--agency", help="code of one agency; every agency without it")
    parser.add_argument("--file", default="thuocdo.sqlite3", help="the copy")
    given = parser.parse_args(arguments)
    api = f"{given.platform.rstrip('/')}/api/v1/"
    only = {"agency": given.agency} if given.agency else {}
    store = sqlite3.connect(given.file)
    store.executescript(SCHEMA)
    what = f"{api} {given.agency or '*'}"
    held = store.execute("select next from place where what = ?", [what]).fetchone()
    try:
        place = follow(store, api, held[0]) if held else begin(store, api, only)
    except urllib.error.HTTPError as error:
        problem = json.loads(error.read() or "{}")
        if not held or problem.get("code") != "bad_cursor":
            sys.exit(f"{error.code} {problem.get('code', '')}: {problem.get('detail', '')}")
        place = begin(store, api, only)  # the platform went back to a backup
    with store:
        store.execute("insert or replace into place values (?, ?)", [what, place])
    print(store.execute("select count(*) from in_force").fetchone()[0], "items in force")


if __name__ == "__main__":
    main(sys.argv[1:])
