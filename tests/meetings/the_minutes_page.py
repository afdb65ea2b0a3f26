"""How tests open, fill in and save the page of minutes."""

from __future__ import annotations

import json

from django.urls import reverse

from samrad.meetings import api
from tests.cast import NOON


def save(item, text, expected, who):
    return api.save_text(item=item, text=text, expected=expected, by=who.actor, at=NOON)


def page_of(client, meeting):
    return client.get(reverse("meetings:minutes", args=[meeting.ref]))


def filled_in(response, **changes):
    """What a browser would post from the page, with some fields changed."""
    form = response.context["form"]
    data = {}
    for row in form.rows:
        ref = row.item.ref
        data |= {f"text-{ref}": row.text, f"version-{ref}": row.version}
        data[f"new_decision-{ref}"] = ""
        for decision in row.decisions:
            name = f"decision-{decision.decision.ref}"
            data |= {name: decision.text, f"{name}-was": decision.mark}
            for task in decision.tasks:
                who = f"p:{task.task.responsible_person.ref}"
                data |= {
                    f"{task.prefix}-title": task.title, f"{task.prefix}-who": who,
                    f"{task.prefix}-by": task.deadline, f"{task.prefix}-was": task.mark,
                }  # fmt: skip
    for seat in form.seats:
        prefix = f"seat-{seat.filled.seat.ref}"
        chosen = next((value for value, _name, is_it in seat.choices if is_it), "")
        data |= {
            f"{prefix}-was": seat.mark, f"{prefix}-presence": chosen,
            f"{prefix}-stand_in": seat.stand_in,
        }  # fmt: skip
    return data | changes


def autosave(client, name, thing, values, expected, *more):
    return client.post(
        reverse(f"meetings:{name}", args=[thing.ref, *more]),
        json.dumps({"values": values, "expected": expected}),
        content_type="application/json",
    )
