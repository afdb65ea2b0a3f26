"""Why a file that is described was let go; and heads of files without what nobody needs."""

from typing import Any

from django.db import migrations, models

SHOWN = 5  # rows of which figures are kept
UNNEEDED, FIGURES = "leave", "figures"


def without_what_nobody_needs(apps: Any, editor: Any) -> None:
    """Recipes made on a page kept whole rows: names, addresses and free text of a survey too.

    So do changes of a recipe that somebody has begun.
    """
    using = editor.connection.alias
    recipes = apps.get_model("knowledge", "OwnRecipe").objects.using(using)
    begun = apps.get_model("knowledge", "Description").objects.using(using)
    for one in (*recipes.all(), *begun.exclude(recipe=None)):
        one.head = needed(one.head, one.columns)
        one.save(update_fields=["head"])


def needed(head: dict[str, Any], columns: dict[str, Any]) -> dict[str, Any]:
    """The columns of areas, periods and words, and a few rows of figures."""
    if not head.get("rows"):
        return head
    uses = dict(columns.get("uses", []))
    figures = {*columns.get("periods", []), *(name for name in uses if uses[name] == FIGURES)}
    told_by = {name for name in uses if uses[name] not in {UNNEEDED, FIGURES}}
    rows, seen = [], set()
    for number, (line, row) in enumerate(head["rows"]):
        cells = list(zip(head["header"], row, strict=True))
        told = [(name, str(cell).strip()) for name, cell in cells if name in told_by]
        if number >= SHOWN and seen.issuperset(told):
            continue
        seen.update(told)
        shown = told_by | figures if number < SHOWN else told_by
        rows.append([line, [cell if name in shown else "" for name, cell in cells]])
    return {"header": head["header"], "rows": rows}


class Migration(migrations.Migration):
    dependencies = [
        ("knowledge", "0013_what_anybody_reads"),
    ]

    operations = [
        migrations.AddField(
            model_name="description",
            name="refused",
            field=models.JSONField(default=list),
        ),
        migrations.RunPython(without_what_nobody_needs, migrations.RunPython.noop, elidable=True),
    ]
