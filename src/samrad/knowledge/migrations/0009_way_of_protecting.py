"""By which way of protecting a sheet was made: those of before are made anew at night."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """A field of sheets."""

    dependencies = [("knowledge", "0008_what_is_part_of_what")]

    operations = [
        migrations.AddField(
            model_name="sheet",
            name="protected_by",
            field=models.PositiveSmallIntegerField(default=0),
        ),
    ]
