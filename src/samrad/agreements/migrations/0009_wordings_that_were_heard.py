"""Of each text that was put out: when for comments, last, and when to be signed, first."""

from django.db import migrations, models


def as_it_was_known(apps, schema_editor):
    """The first text put out for comments was found by its moment; every other one was signable."""
    wordings = apps.get_model("agreements", "Wording").objects.using(schema_editor.connection.alias)
    for one in wordings.select_related("draft").iterator():
        draft = one.draft
        if draft.comments_until is not None and one.at == draft.shown_at:
            one.heard_at = one.at
        if one.heard_at is None or draft.signing_at is not None:
            one.signable_at = one.at
        one.save(update_fields=["heard_at", "signable_at"])


class Migration(migrations.Migration):
    dependencies = [("agreements", "0008_promises_evaluated")]

    operations = [
        migrations.AddField(
            model_name="wording",
            name="heard_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="wording",
            name="signable_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.RunPython(as_it_was_known, migrations.RunPython.noop, elidable=True),
    ]
