"""What was carried over before it was said where: old promises know what they go on as, and old
signatures the office that gave them."""

from __future__ import annotations

from typing import Any

from django.db import migrations
from django.db.models import OuterRef, Subquery


def promises_know_what_they_go_on_as(apps: Any, editor: Any) -> None:
    """A promise of an ended agreement that left all it had to one of the same words."""
    alias = editor.connection.alias
    commitments = apps.get_model("cooperation", "Commitment").objects.using(alias)
    following = apps.get_model("agreements", "Following").objects.using(alias)
    followed = apps.get_model("agreements", "FollowedBefore").objects.using(alias)
    kept = {
        *following.values_list("commitment", flat=True),
        *followed.values_list("commitment", flat=True),
    }
    newest = {}
    known = commitments.exclude(agreement=None).select_related("agreement").order_by("agreement")
    for one in known:
        if one.pk in kept:
            newest[one.council_id, one.title.casefold()] = one
    for one in known.filter(agreement__state="ended"):
        goes_on = newest.get((one.council_id, one.title.casefold()))
        if one.pk not in kept and goes_on and goes_on.agreement_id > one.agreement_id:
            commitments.filter(pk=one.pk).update(goes_on_as=goes_on)


def signatures_know_their_office(apps: Any, editor: Any) -> None:
    """That of their party, as long as no other office signs for it."""
    alias = editor.connection.alias
    parties = apps.get_model("agreements", "Party").objects.using(alias)
    parties = parties.filter(pk=OuterRef("party"))
    signatures = apps.get_model("agreements", "Signature").objects.using(alias)
    signatures.filter(role="").update(role=Subquery(parties.values("role")[:1]))


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0005_what_was_signed_and_followed"),
        ("cooperation", "0008_promises_that_go_on"),
    ]

    operations = [
        migrations.RunPython(
            promises_know_what_they_go_on_as, migrations.RunPython.noop, elidable=True
        ),
        migrations.RunPython(
            signatures_know_their_office, migrations.RunPython.noop, elidable=True
        ),
    ]
