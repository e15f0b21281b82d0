#!/usr/bin/env python3
"""Turns the JSON of a (fictional) tracker into Fairlead's records.

    python3 tracker.py tracker.json > records.jsonl
    fairleadctl import records.jsonl --kind records

It needs nothing but Python's standard library. The fields are those of docs/jsonl.md; what is not known is left out.
"""

import json
import sys
from datetime import datetime, timezone

SOURCE = "tracker"
SEVERITY = {"critical": 1, "major": 2, "minor": 3}
STATUS = {"open": "open", "taken": "acked", "done": "resolved", "rejected": "cancelled"}
EVENT = {"opened": "trigger", "taken": "ack", "done": "resolve", "reopened": "reopen"}


def instant(seconds):
    """RFC 3339 in UTC, or None: unknown is not zero."""
    if seconds is None:
        return None
    return datetime.fromtimestamp(seconds, timezone.utc).isoformat().replace("+00:00", "Z")


def person(login):
    return None if login is None else {"ext_id": login}


def records(tracker):
    for one in tracker["people"]:
        yield {"kind": "person", "ext_id": one["login"], "name": one["full_name"], "email": one["mail"], "active": True}
    for name in sorted({ticket["component"] for ticket in tracker["tickets"]}):
        yield {"kind": "service", "ext_id": name, "name": name}
    for ticket in tracker["tickets"]:
        yield {
            "kind": "incident",
            "ext_id": ticket["key"],
            "incident_kind": "declared",
            "number": ticket["key"],
            "title": ticket["summary"],
            "status": STATUS[ticket["state"]],
            "status_raw": ticket["state"],
            "severity": SEVERITY.get(ticket["level"]),
            "severity_raw": ticket["level"],
            "service": ticket["component"],
            "created_at": instant(ticket["opened"]),
            "acked_at": instant(ticket["first_reply"]),
            "ack_source": "field" if ticket["first_reply"] else None,
            "resolved_at": instant(ticket["done"]),
            "responders": [{"person": person(ticket["assignee"])}] if ticket["assignee"] else [],
        }
        for entry in ticket["log"]:
            yield {
                "kind": "timeline_event",
                "ext_id": f"{ticket['key']}/{entry['id']}",
                "incident": ticket["key"],
                "at": instant(entry["time"]),
                "event_kind": EVENT.get(entry["what"], "note"),
                "actor": person(entry.get("by")),
                "raw_type": entry["what"],
                "text": entry.get("text"),
            }
        for task in ticket["tasks"]:
            yield {
                "kind": "action_item",
                "ext_id": task["key"],
                "incident": ticket["key"],
                "title": task["summary"],
                "status": "done" if task["done"] else "open",
                "owner": person(task["who"]),
                "created_at": instant(task["opened"]),
            }


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        tracker = json.load(file)
    for record in records(tracker):
        print(json.dumps({"source": SOURCE, **record}, ensure_ascii=False))


if __name__ == "__main__":
    main()
