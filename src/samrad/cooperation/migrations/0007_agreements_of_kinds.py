from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cooperation", "0006_files_of_discarded_readings_are_gone")]

    operations = [
        migrations.AddField(
            model_name="agreement",
            name="kind",
            field=models.CharField(default="general", max_length=20),
        ),
        migrations.AddField(
            model_name="agreement",
            name="parent",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="parts",
                to="cooperation.agreement",
            ),
        ),
        migrations.RemoveConstraint(model_name="agreement", name="agreement_one_in_force"),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("parent", None), ("state", "in_force")),
                fields=("council",),
                name="agreement_one_main_in_force",
            ),
        ),
    ]
