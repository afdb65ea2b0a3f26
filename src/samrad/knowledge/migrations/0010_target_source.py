"""Where an indicator's target is from."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """A field of indicators."""

    dependencies = [("knowledge", "0009_way_of_protecting")]

    operations = [
        migrations.AddField(
            model_name="indicator",
            name="target_source",
            field=models.CharField(blank=True, max_length=200, default=""),
            preserve_default=False,
        ),
    ]
