"""Which total counts an indicator as well, and what anybody has seen of what is no more."""

from typing import Any

from django.db import migrations, models

# What the recipes say that come with the program, for figures that were taken in before they did.
BY_RECIPE = {
    "dk.offences": ("violence", "burglary-business", "burglary-home", "shoplifting", "other-theft",
                    "drugs", "weapons"),
    "no.offences-mean": ("theft", "violence", "drugs", "order", "traffic", "other"),
}  # fmt: skip


def parts_of_all_offences(apps: Any, editor: Any) -> None:
    """The kinds of offences that are listed are in `all offences` too."""
    rows = apps.get_model("knowledge", "Indicator").objects.using(editor.connection.alias)
    for offences, names in BY_RECIPE.items():
        kinds = [f"{offences}.{name}" for name in names]
        rows.filter(code__in=kinds).update(part_of=f"{offences}.all")


class Migration(migrations.Migration):
    """Two fields of indicators."""

    dependencies = [("knowledge", "0007_incident_reports")]

    operations = [
        migrations.AddField(
            model_name="indicator",
            name="part_of",
            field=models.CharField(blank=True, max_length=160, default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="indicator",
            name="seen",
            field=models.JSONField(default=dict),
        ),
        migrations.RunPython(parts_of_all_offences, migrations.RunPython.noop),
    ]
