from typing import Any

from django.db import migrations, models

# What the recipes that come with the program say: figures that are not laid out have no sheets to
# tell it by, and what is not open and of no country is read by nobody.
BY_RECIPE = {
    "dk-folk1a": "dk",
    "dk-straf11": "dk",
    "no-population": "no",
    "no-ssb-01222": "no",
    "no-ssb-06913": "no",
    "no-ssb-07459": "no",
    "no-ssb-08487": "no",
    "se-causes-of-death": "se",
    "se-population": "se",
}


def country_of_its_areas(apps: Any, editor: Any) -> None:
    """A data set is about the country its recipe names, or that all areas in its sheets lie in."""
    using = editor.connection.alias
    rows = apps.get_model("knowledge", "SheetRow").objects.using(using).exclude(area=None)
    pairs = rows.values_list("sheet__indicator__data_set", "area__country").distinct()
    countries: dict[int, set[str]] = {}
    for data_set, country in pairs.order_by():
        countries.setdefault(data_set, set()).add(country)
    data_sets = apps.get_model("knowledge", "DataSet").objects.using(using)
    for code, country in BY_RECIPE.items():
        data_sets.filter(code=code, country="").update(country=country)
    for data_set, found in countries.items():
        if len(found) == 1:
            data_sets.filter(pk=data_set, country="").update(country=found.pop())


class Migration(migrations.Migration):
    dependencies = [
        ("areas", "0001_areas_with_dated_relations"),
        ("knowledge", "0005_alarms"),
    ]

    operations = [
        migrations.AddField(
            model_name="dataset",
            name="country",
            field=models.CharField(blank=True, max_length=2),
        ),
        migrations.RunPython(country_of_its_areas, migrations.RunPython.noop),
    ]
