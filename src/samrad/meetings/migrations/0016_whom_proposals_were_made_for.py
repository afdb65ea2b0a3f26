"""For whom a proposal was made, kept while the item it became is for fewer."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("meetings", "0015_proposals_from_figures_and_merged")]

    operations = [
        migrations.AddField(
            "proposal", "own_readers", models.JSONField(blank=True, editable=False, null=True)
        ),
    ]
