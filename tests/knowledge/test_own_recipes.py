"""A file of a shape that nobody knows, described on a page and taken in like any other."""

from __future__ import annotations

import io
import json
from datetime import timedelta

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from samrad.documents.models import DiscardedFile
from samrad.knowledge.arrivals_shown import Arrival, Stage
from samrad.knowledge.events import RECIPE_CHANGED, RECIPE_MADE
from samrad.knowledge.known_recipes import known_recipe
from samrad.knowledge.models import DataSet, Indicator, Release, SheetRow
from samrad.knowledge.own_recipe_actions import KEPT_DESCRIBED, drop_forgotten
from samrad.knowledge.own_recipe_models import Description, OwnRecipe
from samrad.knowledge.packaged import packaged_recipes
from samrad.knowledge.rules.describing import MOST_NAMED, OWN, Columns, Use, counted_in
from samrad.knowledge.rules.recipes import Layout
from samrad.trail.api import event_codes_of
from samrad.work.api import work_off
from tests.cast import NOON, signed_in

MOST_QUERIES = 12
ANSWERS = ("Svært trygg", "Ganske trygg", "Verken eller", "Ganske utrygg", "Svært utrygg")
MEANING = {
    "title": "Innbyggerundersøkelsen om trygghet", "publisher": "Ås kommune",
    "licence": "Egne tall", "citation": "Ås kommune, innbyggerundersøkelsen", "theme": "safety",
    "unit": "per cent", "direction": "neither", "classification": "open", "smallest_shown": "5",
}  # fmt: skip


@pytest.fixture
def analyst(cast, client):
    return signed_in(client, cast.analyst)


def survey(cast, *years: int, answers=ANSWERS, point: bool = False) -> bytes:
    """A workbook with a title above, a row an area and year, and the shares as text."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Trygghet i kommunene"])
        sheet.write_row(2, 0, ["Kommunenr", "Kommune", "År", *answers])
        at = 3
        for year in years:
            for place in (cast.no.home, cast.no.next_door):
                shares = [f"{10 + year % 10 + number},{number}" for number in range(len(answers))]
                shares[-1] = ":" if place is cast.no.next_door else shares[-1]
                if point:
                    shares[1] = "12.5"
                sheet.write_row(at, 0, [int(place.code), place.name, year, *shares])
                at += 1
    return out.getvalue()


def months(cast, count: int = 24, **changed: str) -> bytes:
    """A CSV with a column for each month and a row for each kind of case."""
    names = [f"{2023 + at // 12}-{at % 12 + 1:02}" for at in range(count)]
    lines = [";".join(["Kommune", "Sakstype", "Merknad", *names])]
    for kind in ("Hærverk", "Nasking"):
        figures = [str(10 + at % 7) for at in range(count)]
        figures[3] = changed.get(kind, figures[3])
        lines.append(";".join([cast.no.home.name, kind, "", *figures]))
    return ("\n".join(lines) + "\n").encode()


def begun(analyst, content: bytes, name: str = "trygghet.xlsx") -> Description:
    """The file handed in; the page asks what it holds."""
    answer = analyst.post(reverse("knowledge:hand_in"), {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302, told(answer)
    description = Description.objects.get()
    assert answer.headers["Location"] == reverse("knowledge:describe", args=[description.ref])
    return description


def guessed(analyst, description: Description) -> dict[str, str]:
    """What the form of the columns holds as it is shown first."""
    form = analyst.get(reverse("knowledge:describe", args=[description.ref])).context["form"]
    found = {name: form[name].value() for name in form.fields}
    return {name: "on" if value is True else value for name, value in found.items()}


def say_columns(analyst, description: Description, **changed: str):
    sent = {**guessed(analyst, description), **changed}
    sent = {name: value for name, value in sent.items() if value}
    return analyst.post(reverse("knowledge:describe", args=[description.ref]), sent)


def say_meaning(analyst, description: Description, **changed: str):
    page = reverse("knowledge:describe_meaning", args=[description.ref])
    form = analyst.get(page).context["form"]
    named = {name: form[name].value() or "" for name in form.fields if name not in MEANING}
    return analyst.post(page, {**named, **MEANING, **changed})


def taken_in(analyst, content: bytes, name: str = "trygghet.xlsx", **meaning: str) -> Release:
    """Described, read and put into use."""
    description = begun(analyst, content, name)
    assert say_columns(analyst, description).status_code == 302
    answer = say_meaning(analyst, description, **meaning)
    assert answer.status_code == 302, told(answer)
    work_off()
    return put_into_use(analyst)


def put_into_use(analyst) -> Release:
    release = Release.objects.arriving().get()
    assert Arrival(release).stage is Stage.READY, release.doubts
    analyst.post(reverse("knowledge:arrival_use", args=[release.ref]),
                 {"seen": release.figures_sha256})  # fmt: skip
    work_off()
    release.refresh_from_db()
    assert release.is_current
    return release


def told(answer) -> str:
    form = answer.context["form"]
    return " ".join(str(one) for errors in form.errors.values() for one in errors)


def test_a_survey_in_a_workbook_is_described_read_and_used(cast, analyst):
    description = begun(analyst, survey(cast, 2023, 2024, 2025))

    shown = guessed(analyst, description)
    assert [shown["c1"], shown["c2"], shown["c3"]] == [Use.AREA, Use.AREA_NAME, Use.PERIOD]
    assert {shown[f"c{at}"] for at in range(4, 9)} == {Use.FIGURES}
    assert (shown["decimal"], shown["hidden"], shown["kind"]) == (",", ":", "year")

    release = None
    assert say_columns(analyst, description).status_code == 302
    assert say_meaning(analyst, description).status_code == 302
    work_off()
    release = put_into_use(analyst)

    assert release.count["rows"] == 30
    assert release.count["hidden"] == 3
    assert Indicator.objects.filter(data_set=release.data_set).count() == 5
    first = Indicator.objects.get(code__endswith="svaert-trygg")
    assert (str(first), first.unit, first.direction) == ("Svært trygg", "percent", "neither")
    row = SheetRow.objects.get(sheet__indicator=first, area=cast.no.home)
    assert row.values == [13.0, 14.0, 15.0]
    assert not Description.objects.exists()
    assert event_codes_of(OwnRecipe.objects.get()) == [RECIPE_MADE.code]


def test_the_next_file_of_it_is_recognised_and_compared(cast, analyst):
    taken_in(analyst, survey(cast, 2023, 2024))

    newer = SimpleUploadedFile("i år.xlsx", survey(cast, 2023, 2024, 2025))
    analyst.post(reverse("knowledge:hand_in"), {"file": newer})
    work_off()

    release = Release.objects.arriving().get()
    assert release.data_set.code == f"{OWN}innbyggerundersokelsen-om-trygghet"
    assert Arrival(release).difference == ["New periods: 2025.", "10 figures are new."]


def test_months_in_columns_are_read_by_the_names_of_areas(cast, analyst):
    description = begun(analyst, months(cast, **{"Nasking": ".."}), "saker.csv")
    shown = guessed(analyst, description)
    assert [shown["c1"], shown["c2"], shown["c3"]] == [Use.AREA_NAME, Use.COUNTED, Use.LEAVE]
    assert (shown["periods"], shown["kind"], shown["missing"]) == ("on", "month", "..")

    say_columns(analyst, description)
    say_meaning(
        analyst, description, title="Egne saker", unit="reported offences", direction="down",
        classification="restricted", legal_basis="politiregisterloven § 20",
    )  # fmt: skip
    work_off()
    release = put_into_use(analyst)

    assert (release.count["rows"], release.count["missing"]) == (48, 1)
    data_set = release.data_set
    assert (data_set.classification, data_set.country) == ("restricted", "no")
    assert data_set.legal_basis == "politiregisterloven § 20"
    recipe = known_recipe(data_set.code)
    assert recipe is not None
    assert (recipe.layout, recipe.unread) == (Layout.WIDE, frozenset({"Merknad"}))
    assert {one.unit for one in recipe.indicators} == {"offences"}


def test_a_unit_that_nobody_gave_is_asked_for(cast, analyst):
    description = begun(analyst, survey(cast, 2024))
    say_columns(analyst, description)

    answer = say_meaning(analyst, description, unit="", unit1="per cent")

    assert "Nobody has said in which unit these are: Ganske trygg, Verken eller" in told(answer)
    assert not OwnRecipe.objects.exists()
    assert Description.objects.exists()  # nothing is lost


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"c1": "leave", "c2": "leave"}, "in which column the areas are"),
        ({"c3": "leave"}, "in which column the periods are"),
        ({"c2": "area"}, "Two columns cannot both be this: Kommunenr, Kommune"),
        ({"kind": "month"}, "Row 4 says “2024”: that is no period of this kind."),
        ({"decimal": "."}, "that is no number written so"),
        ({"hidden": ""}, "says “:”: that is no number written so"),
        ({"missing": ":"}, "“:” cannot stand for both"),
        ({"c1": "figures", "c2": "leave", "c4": "area"}, "None of these is an area there"),
        ({f"c{at}": "leave" for at in range(4, 9)}, "in which columns the figures are"),
    ],
)  # fmt: skip
def test_what_cannot_be_so_is_said_beside_the_column(cast, analyst, changed, says):
    description = begun(analyst, survey(cast, 2024))

    answer = say_columns(analyst, description, **changed)

    assert answer.status_code == 200
    assert says in told(answer)


def test_restricted_figures_need_a_law(cast, analyst):
    description = begun(analyst, survey(cast, 2024))
    say_columns(analyst, description)

    answer = say_meaning(analyst, description, classification="restricted", direction="")

    assert "Say which law it rests on" in told(answer)
    assert "Say which way is better" in told(answer)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"Tittel\nKommune;2024\n0301;5\n", "The row has 2 cells where the header has 1."),
        (b"Kommune;2024;2024\n0301;5;6\n", "A name stands twice."),
        (b"Navn;2024\n15076500565;5\n", "what looks like a person"),
        (b"Kommune;2024\n", "There are no figures in the file."),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_described_is_told_why(cast, analyst, content, says):
    answer = analyst.post(
        reverse("knowledge:hand_in"), {"file": SimpleUploadedFile("x.csv", content)}
    )

    assert answer.status_code == 200
    assert says in told(answer)
    assert not Description.objects.exists()


def test_a_change_is_a_version_that_keeps_the_codes_and_shows_what_differs(cast, analyst):
    taken_in(analyst, survey(cast, 2023, 2024))
    recipe = OwnRecipe.objects.get()
    codes = {one["code"] for one in recipe.said["indicator"]}

    answer = analyst.post(reverse("knowledge:change_recipe", args=[recipe.ref]))
    description = Description.objects.get()
    assert answer.headers["Location"] == reverse("knowledge:describe", args=[description.ref])
    say_columns(analyst, description)
    say_meaning(analyst, description, title="Trygghet", name1="Kjenner seg svært trygg")
    work_off()

    recipe.refresh_from_db()
    assert (recipe.number, recipe.code) == (2, f"{OWN}innbyggerundersokelsen-om-trygghet")
    assert {one["code"] for one in recipe.said["indicator"]} == codes
    assert [one.number for one in recipe.versions.order_by("number")] == [1, 2]
    assert event_codes_of(recipe) == [RECIPE_MADE.code, RECIPE_CHANGED.code]
    release = Release.objects.arriving().get()
    assert Arrival(release).difference == ["1 indicator is described in another way by the recipe."]
    put_into_use(analyst)
    assert str(Indicator.objects.get(code__endswith=".svaert-trygg")) == "Kjenner seg svært trygg"
    assert str(DataSet.objects.get()) == "Trygghet"


def test_what_somebody_changed_meanwhile_is_not_written_over(cast, analyst):
    taken_in(analyst, survey(cast, 2024))
    recipe = OwnRecipe.objects.get()
    analyst.post(reverse("knowledge:change_recipe", args=[recipe.ref]))
    OwnRecipe.objects.update(number=2)

    answer = say_meaning(analyst, Description.objects.get(), title="Annet")

    assert answer.status_code == 403
    assert "Somebody has changed this recipe meanwhile" in answer.content.decode()


def test_a_recipe_is_removed_only_where_nothing_uses_it(cast, analyst):
    release = taken_in(analyst, survey(cast, 2024))
    recipe = OwnRecipe.objects.get()
    remove = reverse("knowledge:remove_recipe", args=[recipe.ref])
    assert analyst.post(remove).status_code == 403

    Release.objects.filter(pk=release.pk).update(is_current=False, state="staged")
    Indicator.objects.all().delete()
    analyst.post(reverse("knowledge:arrival_drop", args=[release.ref]))

    assert analyst.post(remove).status_code == 302
    assert not OwnRecipe.objects.exists()


def test_two_recipes_of_one_title_have_each_their_code(cast, analyst):
    taken_in(analyst, survey(cast, 2024))
    description = begun(analyst, survey(cast, 2024, answers=("Ja", "Nei")), "annet.xlsx")
    say_columns(analyst, description)
    say_meaning(analyst, description)

    codes = sorted(OwnRecipe.objects.values_list("code", flat=True))
    assert codes == [f"{OWN}innbyggerundersokelsen-om-trygghet",
                     f"{OWN}innbyggerundersokelsen-om-trygghet-2"]  # fmt: skip
    assert not any(code.startswith(OWN) for code in packaged_recipes())


def test_an_analyst_of_another_district_uses_it_and_does_not_change_it(cast, analyst, client):
    taken_in(analyst, survey(cast, 2024))
    recipe = OwnRecipe.objects.get()
    other = signed_in(client, cast.other_analyst)

    assert other.get(reverse("knowledge:own_recipe", args=[recipe.ref])).status_code == 200
    assert other.post(reverse("knowledge:change_recipe", args=[recipe.ref])).status_code == 403
    assert str(recipe) in other.get(reverse("knowledge:hand_in")).content.decode()


def test_a_file_that_is_being_described_is_seen_by_nobody_else(cast, analyst, client):
    description = begun(analyst, survey(cast, 2024))
    page = reverse("knowledge:describe", args=[description.ref])

    for other in (cast.other_analyst, cast.secretary):
        assert signed_in(client, other).get(page).status_code == 404


def test_what_nobody_goes_on_with_goes_and_its_file(cast, analyst):
    description = begun(analyst, survey(cast, 2024))

    assert drop_forgotten(at=description.begun_at + KEPT_DESCRIBED - timedelta(hours=1)) == 0
    assert drop_forgotten(at=description.begun_at + KEPT_DESCRIBED + timedelta(hours=1)) == 1
    assert DiscardedFile.objects.filter(content=description.file.name).exists()


def test_a_total_and_a_base_come_into_the_recipe(cast, analyst):
    data_set = DataSet.objects.create(code="folk", country="no", title={"nb": "Folk"})
    Indicator.objects.create(data_set=data_set, code="no.folk", unit="persons", name={"nb": "Folk"})
    content = f"Kommune;År;Alle;Tyveri\n{cast.no.home.code};2024;10;4\n".encode()
    description = begun(analyst, content, "egne.csv")
    say_columns(analyst, description)
    say_meaning(analyst, description, unit="saker", total="Alle", base="no.folk")

    whole, part = OwnRecipe.objects.get().said["indicator"]
    assert part["part_of"] == whole["code"]
    assert {whole["base"], part["base"]} == {"no.folk"}
    assert "part_of" not in whole


def test_the_command_knows_recipes_of_ones_own(cast, analyst, tmp_path, capsys):
    release = taken_in(analyst, survey(cast, 2024))
    code = release.data_set.code
    call_command("data", "recipes", "--json")
    assert code in {one["code"] for one in json.loads(capsys.readouterr().out)}

    newer = tmp_path / "newer.xlsx"
    newer.write_bytes(survey(cast, 2024, 2025))
    call_command("data", "import", str(newer), "--recipe", code, "--json")

    assert json.loads(capsys.readouterr().out)["release"] == 2


def test_the_pages_stay_within_their_queries(cast, analyst, django_assert_max_num_queries):
    description = begun(analyst, survey(cast, 2024))
    for name in ("describe", "describe_meaning"):
        with django_assert_max_num_queries(MOST_QUERIES):
            page = analyst.get(reverse(f"knowledge:{name}", args=[description.ref]))
        assert page.status_code == 200
    say_columns(analyst, description)
    say_meaning(analyst, description)
    with django_assert_max_num_queries(MOST_QUERIES):
        recipe = OwnRecipe.objects.get()
        page = analyst.get(reverse("knowledge:own_recipe", args=[recipe.ref]))
        assert "Kommunenr: The code of the area" in page.content.decode()
    assert recipe.saved_at > NOON - timedelta(days=36500)


def test_a_file_like_another_is_described_by_itself_where_somebody_says_so(cast, analyst):
    taken_in(analyst, survey(cast, 2024))

    other = SimpleUploadedFile("skoler.xlsx", survey(cast, 2024))
    answer = analyst.post(reverse("knowledge:hand_in"), {"file": other, "recipe": "new"})

    assert answer.headers["Location"] == reverse(
        "knowledge:describe", args=[Description.objects.get().ref]
    )


def test_two_columns_that_say_what_is_counted_are_met_in_every_pair(cast, analyst):
    kinds = [(what, who) for what in ("Vold", "Tyveri") for who in ("K", "M")]
    code = cast.no.home.code
    rows = [f"{code};{year};{what};{who};4" for year in (2022, 2023, 2024) for what, who in kinds]
    content = "\n".join(["Kommune;År;Lovbrudd;Kjønn;Antall", *rows, ""]).encode()

    release = taken_in(analyst, content, "kjonn.csv", unit="reported offences")

    names = sorted(str(one) for one in release.data_set.indicators.all())
    assert names == ["Tyveri – K", "Tyveri – M", "Vold – K", "Vold – M"]
    assert release.count["rows"] == 12


def test_more_than_anybody_names_are_called_as_in_the_file(cast, analyst):
    rows = [f"{cast.no.home.code};2024;Lovbrudd nummer {number};{number}" for number in range(50)]
    content = "\n".join(["Kommune;År;Lovbrudd;Antall", *rows, ""]).encode()

    release = taken_in(analyst, content, "mange.csv", unit="reported offences")

    assert release.data_set.indicators.count() == 50
    assert "each" in OwnRecipe.objects.get().said


def test_a_long_name_becomes_a_code_that_there_is_room_for(cast, analyst):
    words = ";".join(["Et langt ord om det som er talt"] * 5)
    rows = [f"{cast.no.home.code};2024;{words};Nummer {number};{number}" for number in range(50)]
    content = "\n".join(["Kommune;År;A;B;C;D;E;F;Antall", *rows, ""]).encode()

    description = begun(analyst, content, "lange.csv")
    counted = {f"c{at}": "counted" for at in range(3, 9)}
    assert say_columns(analyst, description, **counted).status_code == 302
    say_meaning(analyst, description, unit="reported offences")
    work_off()
    release = put_into_use(analyst)

    codes = release.data_set.indicators.values_list("code", flat=True)
    assert len(codes) == 50
    assert max(map(len, codes)) <= Indicator._meta.get_field("code").max_length


def test_a_survey_of_many_columns_of_words_is_described_in_little_memory():
    """Twenty-five columns of yes and no come together in 33 million ways."""
    asked = [f"Spørsmål {number}" for number in range(25)]
    uses = {**dict.fromkeys(asked, Use.COUNTED), "Antall": Use.FIGURES}

    found = counted_in({name: ["Ja", "Nei", "Ja"] for name in asked}, Columns(uses))

    assert MOST_NAMED < len(found) <= 2 * MOST_NAMED


def test_a_number_before_a_name_and_months_in_words_are_understood(cast, analyst):
    place = f"{cast.no.home.code} {cast.no.home.name} kommune"
    content = f"Sted;jan 2024;februar 2024\n{place};4;5\n".encode()

    release = taken_in(analyst, content, "saker.csv", unit="saker")

    assert (release.count["first"], release.count["last"]) == ("2024-01", "2024-02")
    assert SheetRow.objects.filter(area=cast.no.home).exists()
