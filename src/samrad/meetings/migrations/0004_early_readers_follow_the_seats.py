from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("meetings", "0003_decisions_of_drafts_are_drafted")]

    operations = [migrations.RemoveField(model_name="minutes", name="members_read_early")]
