#!/usr/bin/env python3
"""Bring the tasks of a task system into Thuoc Do: ask its list by REST, say how each task stands.

    export THUOCDO_TOKEN=thuocdo_…          # of an API client with assignments:write
    python3 poll_task_list.py https://nhiemvu.example.gov.vn/api/tasks https://thuocdo.example.gov.vn --system nhiem-vu

Run it as often as you like, from cron for example: the newest state of a task counts, whatever is sent twice changes
nothing. It needs Python 3.9 and nothing else. The place up to which it has read stands in a file; without that file it
reads everything once more, which does no harm. Write ``message_of`` anew for the list of your own system.
"""

import argparse
import json
import os
import sys
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

AT_ONCE = 500


def ask(address: str, token: str = "", body: Any = None) -> Any:
    """Return the JSON at an address; with a body, what came of sending it there."""
    headers = {"Accept": "application/json", "User-Agent": "poll-task-list/1"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    data = None
    if body is not None:
        data, headers["Content-Type"] = json.dumps(body).encode(), "application/json"
    with urllib.request.urlopen(urllib.request.Request(address, data, headers), timeout=60) as answer:
        return json.load(answer)


def tasks(address: str, since: str, token: str) -> Iterator[Any]:
    """Yield the tasks that changed since a moment, page after page."""
    url = f"{address}?{urllib.parse.urlencode({'updated_since': since})}" if since else address
    while url:
        page = ask(url, token)
        yield from page["tasks"]
        url = page["next"] and urllib.parse.urljoin(address, page["next"])


def message_of(task: Any) -> dict[str, Any]:
    """Return a task of the list as a message. People, kinds and states stay its own words: the platform maps them."""
    return {
        "outside_id": task["id"], "changed_at": task["updated"], "person": task["assignee"], "kind": task["category"],
        "state": task["status"], "given_on": task["start"], "due_on": task["deadline"], "done_on": task["finished"],
        "assigned": str(task.get("quantity", 1)), "instruction": task["title"], "result": task.get("outcome") or "",
        "link": task.get("link") or "",
    }  # fmt: skip


def send(api: str, system: str, token: str, messages: list[dict[str, Any]]) -> dict[str, int]:
    """Send messages, and return how many came to what; say of each that was not taken why."""
    answer = ask(f"{api}/api/v1/assignments/bulk/", token, {"system": system, "messages": messages})
    for result in answer["results"]:
        if result["status"] in ("waiting", "refused"):
            why = result["message"] or "; ".join(f"{e['field']}: {e['message']}" for e in result["errors"])
            print(f"{result['outside_id']}: {result['status']}: {why}", file=sys.stderr)
    counts: dict[str, int] = answer["counts"]
    return counts


def main(arguments: list[str]) -> None:
    """Bring over what changed since the last run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tasks", help="address of the task list")
    parser.add_argument("platform", help="address of the platform")
    parser.add_argument("--system", required=True, help="code of the external system on the platform")
    parser.add_argument("--place", type=Path, default=Path("place.txt"), help="where the last moment is written down")
    chosen = parser.parse_args(arguments)
    token, own = os.environ["THUOCDO_TOKEN"], os.environ.get("TASKS_TOKEN", "")
    since = chosen.place.read_text() if chosen.place.exists() else ""
    found = list(tasks(chosen.tasks, since, own))
    for first in range(0, len(found), AT_ONCE):
        messages = [message_of(each) for each in found[first : first + AT_ONCE]]
        counts = send(chosen.platform, chosen.system, token, messages)
        print(", ".join(f"{status} {count}" for status, count in counts.items() if count) or "nothing new")
    if found:
        chosen.place.write_text(max(task["updated"] for task in found))


if __name__ == "__main__":
    main(sys.argv[1:])
