"""Figures for anybody: only what the owner publishes, and nobody is recognised in them."""

from __future__ import annotations

import csv
import io
import re

import numpy as np
import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from pypdf import PdfReader

from samrad.access.actor import SYSTEM
from samrad.analysis.disclosure import Table, audit
from samrad.areas.models import Area
from samrad.documents.rules import Classification
from samrad.kernel.verdict import Refused
from samrad.knowledge import drawing
from samrad.knowledge.actions import take_in
from samrad.knowledge.drawing import draw_pictures
from samrad.knowledge.models import DataSet, Indicator, Sheet, SheetRow
from samrad.knowledge.protecting import NotCounts, protected
from samrad.knowledge.publishing import publish_data_set, withdraw_data_set
from samrad.knowledge.sight import Sight
from samrad.trail.api import event_codes_of, history_of
from tests.cast import Cast, signed_in
from tests.knowledge.bricks import NOON, a_picture

REFERENCE = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
SO_MANY_TIMES = re.compile(r"\d times")


@pytest.fixture
def data_set(cast: Cast) -> DataSet:
    return a_picture(cast.no.home).data_set


def published(data_set: DataSet, *, held: list[int]) -> Indicator:
    """As it stands when the worker has been there."""
    publish_data_set(data_set=data_set, by=SYSTEM, at=NOON)
    sheet = data_set.indicators.get().sheet
    sheet.is_protected = True
    sheet.save()
    sheet.rows.update(protected=held)
    return sheet.indicator


def pages_of(indicator: Indicator, area: Area) -> list[str]:
    return [
        reverse("knowledge:indicator", args=[indicator.ref]),
        reverse("knowledge:indicator_here", args=[indicator.ref, area.ref]),
        reverse("knowledge:picture", args=[area.ref]),
        reverse("knowledge:take_csv", args=[indicator.ref]),
        reverse("knowledge:indicators"),
        reverse("knowledge:pictures"),
        reverse("knowledge:handout", args=[area.ref, indicator.data_set.ref]),
    ]


def test_restricted_figures_are_on_no_page_of_those_they_are_not_for(cast, data_set, client):
    """Neither sheet, file, picture nor handout, to whoever is signed in without that right."""
    indicator = data_set.indicators.get()
    overview = reverse("knowledge:overview", args=[cast.no.areas["district"].ref])
    data_set.classification, data_set.legal_basis = Classification.RESTRICTED, "police register act"
    data_set.save()
    reader = signed_in(client, cast.secretary)

    for page in [*pages_of(indicator, cast.no.home), overview]:
        answer = reader.get(page)
        assert answer.status_code == 404 or b"Break-ins" not in answer.getvalue(), page

    analyst = signed_in(type(client)(), cast.police_member)
    assert analyst.get(pages_of(indicator, cast.no.home)[0]).status_code == 200


def test_restricted_figures_are_never_published(data_set):
    data_set.classification, data_set.legal_basis = Classification.RESTRICTED, "police register act"
    data_set.save()

    with pytest.raises(Refused, match="their recipe says for whom"):
        publish_data_set(data_set=data_set, by=SYSTEM, at=NOON)


def test_what_is_not_published_asks_everybody_to_sign_in(cast, data_set, client):
    for page in pages_of(data_set.indicators.get(), cast.no.home):
        assert "/account/login" in client.get(page).url, page


def test_a_published_data_set_opens_to_anybody(cast, data_set, client):
    indicator = published(data_set, held=[])
    for page in pages_of(indicator, cast.no.home):
        assert client.get(page).status_code == 200, page


def overviews_of(cast: Cast) -> list[str]:
    wide = cast.no.areas["district"], cast.no.areas["nation"]
    return [reverse("knowledge:overview", args=[area.ref]) for area in wide]


def test_from_a_published_municipality_anybody_comes_to_the_list_and_the_wide_areas(
    cast, data_set, client
):
    published(data_set, held=[])
    picture = main_of(client.get(reverse("knowledge:picture", args=[cast.no.home.ref])))
    listed = main_of(client.get(reverse("knowledge:pictures")))
    wide = main_of(client.get(reverse("knowledge:overviews")))

    assert reverse("knowledge:pictures") in picture
    assert reverse("knowledge:overviews") in listed
    for url in overviews_of(cast):
        assert url in wide
        page = main_of(client.get(url))
        assert "Public figures" in page
        assert cast.no.home.name in page
        assert "Of 1 figures" in page


def test_of_what_is_held_back_in_part_no_wide_area_tells_what_was_worked_out(
    cast, data_set, client
):
    published(data_set, held=[0])
    for url in overviews_of(cast):
        page = main_of(client.get(url))
        assert "Of 0 figures" in page
        assert not SO_MANY_TIMES.search(page)


def test_wide_areas_open_to_nobody_before_the_worker_has_been_there(cast, data_set, client):
    publish_data_set(data_set=data_set, by=SYSTEM, at=NOON)
    for url in overviews_of(cast):
        assert "/account/login" in client.get(url).url


def test_until_the_worker_has_found_what_to_hold_back_nothing_opens(cast, data_set, client):
    publish_data_set(data_set=data_set, by=SYSTEM, at=NOON)
    indicator = data_set.indicators.get()

    assert "/account/login" in client.get(pages_of(indicator, cast.no.home)[0]).url


def test_what_is_held_back_is_in_no_page_and_no_file(cast, data_set, client):
    indicator = published(data_set, held=[0, 39])
    everywhere, here, picture, file, *_rest = pages_of(indicator, cast.no.home)

    assert "23" not in REFERENCE.sub("", main_of(client.get(everywhere)))
    assert "times as many" not in main_of(client.get(here))
    assert "nothing is told here of what rises" in main_of(client.get(picture))
    assert "Nothing rises clearly" not in main_of(client.get(picture))
    lines = b"".join(client.get(file).streaming_content).decode().lstrip("\ufeff")
    rows = list(csv.reader(io.StringIO(lines), delimiter=";"))
    assert [rows[at][5:7] for at in (1, 2, 40)] == [
        ["", "held back"], ["12", ""], ["", "held back"],
    ]  # fmt: skip


def main_of(answer) -> str:
    html = answer.content.decode()
    return html[html.index("<main") : html.index("</main>")]


def test_pages_say_whether_they_are_internal_or_public(cast, data_set, client):
    page = pages_of(data_set.indicators.get(), cast.no.home)[0]
    member = signed_in(client, cast.secretary)
    assert "Only those who are signed in see these pages" in main_of(member.get(page))

    published(data_set, held=[])
    assert "Internal view of published figures" in main_of(member.get(page))
    client.logout()
    assert "Public figures" in main_of(client.get(page))


def paper_of(client, indicator, area) -> str:
    url = reverse("knowledge:handout", args=[area.ref, indicator.data_set.ref])
    pages = PdfReader(io.BytesIO(client.get(url).content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_the_paper_of_published_figures_holds_back_what_the_public_view_does(
    cast, data_set, client
):
    member = signed_in(client, cast.secretary)
    before = paper_of(member, data_set.indicators.get(), cast.no.home)
    indicator = published(data_set, held=[0, 39])
    after = paper_of(member, indicator, cast.no.home)

    assert "Internal" in before
    assert "Break-ins:" in before
    assert "Internal" not in after
    assert "nothing is told here of what rises, falls or is" in after
    assert "Nothing rises clearly" not in after
    assert "Public" in after


def test_only_the_owner_publishes_and_the_trail_tells(cast, data_set):
    with pytest.raises(Refused, match="Only whoever runs the installation"):
        publish_data_set(data_set=data_set, by=cast.analyst.actor, at=NOON)

    publish_data_set(data_set=data_set, by=cast.administrator.actor, at=NOON)
    withdraw_data_set(data_set=data_set, by=cast.administrator.actor, at=NOON)
    assert event_codes_of(data_set) == [
        "knowledge.data_set_published", "knowledge.data_set_withdrawn",
    ]  # fmt: skip
    data_set.refresh_from_db()
    assert data_set.published_at is None


def test_a_stricter_threshold_of_an_indicator_is_the_one_that_is_told(cast, data_set, client):
    """The table asks for three, one of its indicators for five: it is protected by five."""
    data_set.indicators.update(smallest_shown=5)
    indicator = published(data_set, held=[])
    Sheet.objects.update(smallest_shown=5)

    here = reverse("knowledge:picture", args=[cast.no.home.ref])
    for page in [here, *overviews_of(cast)]:
        assert "Counts below 5 are held back" in main_of(client.get(page)), page
    assert "with counts below 5 held back" in str(history_of(indicator.data_set))
    assert indicator.data_set.smallest_shown < 5


def test_a_page_says_of_which_kinds_more_is_held_back(data_set):
    sight = Sight.of(data_set, is_public=True, below={"Burglary": 3, "Violence": 5, "All": 3})

    assert sight.smallest == 3
    assert sight.stricter == ["Of these, counts below 5 are held back: Violence."]
    assert not Sight.of(data_set, is_public=True, below={"Violence": 5}).stricter


@pytest.mark.parametrize("below", [{"All": 0, "Violence": 5}, {"All": 1, "Violence": 5}])
def test_nothing_is_said_to_be_free_where_one_kind_is_held_back(data_set, below):
    data_set.smallest_shown = 0
    sight = Sight.of(data_set, is_public=True, below=below)
    told = render_to_string("knowledge/part_sight.html", {"sight": sight})

    assert "Nothing is held back" not in told
    assert "counts below 5 are held back: Violence." in told
    assert "Counts below 0" not in told
    free = Sight.of(data_set, is_public=True, below={"All": 0})
    assert "Nothing is held back" in render_to_string("knowledge/part_sight.html", {"sight": free})


def test_incidents_are_never_published(data_set):
    data_set.holds_incidents = True
    data_set.save()
    with pytest.raises(Refused, match="Incidents are never published"):
        publish_data_set(data_set=data_set, by=SYSTEM, at=NOON)


# What is held back -----------------------------------------------------------------------------


def test_a_small_count_is_never_held_back_alone():
    held = protected({"a": [1], "b": [20], "c": [30], "d": [40]}, smallest=3, code="x")

    assert held.parts["a"] == [0]
    assert sum(map(len, held.parts.values())) >= 2


def test_figures_that_are_no_counts_are_not_for_anybody():
    with pytest.raises(NotCounts):
        protected({"a": [1.5], "b": [20.0]}, smallest=3, code="x")


def test_in_denmark_no_small_count_can_be_worked_out(staged):
    """Every quarter of one offence, with the attacker's own arithmetic."""
    for code in ("dk-folk1a", "dk-straf11"):
        take_in(staged=staged(code), by=SYSTEM, at=NOON)
    publish_data_set(data_set=DataSet.objects.get(code="dk-straf11"), by=SYSTEM, at=NOON)
    draw_pictures(data_set="dk-straf11", at=NOON)
    found = SheetRow.objects.filter(sheet__indicator__code="dk.offences.weapons")
    parts = [
        row for row in found.select_related("area")
        if row.area is None or row.area.kind in {"municipality", "unincorporated"}
    ]  # fmt: skip
    small = [(row, at) for row in parts for at, value in enumerate(row.values) if 0 < value < 3]

    assert len(small) > 100
    assert all(at in row.protected for row, at in small)
    for at in {at for _row, at in small}:
        counts = np.array([row.values[at] for row in parts], dtype=int)
        hidden = np.array([at in row.protected for row in parts] + [False])
        table = Table(np.vstack([np.eye(counts.size), np.ones(counts.size)]))
        primary = np.append((counts > 0) & (counts < 3), False)
        assert audit(table, counts, hidden, primary, protection=3).passed


def test_what_is_published_while_sheets_are_laid_out_is_laid_out_anew(staged, monkeypatch):
    """Nobody's writing waits for what is worked out, so what it rests on is looked at again."""
    release = take_in(staged=staged("oecd-unemployment"), by=SYSTEM, at=NOON)
    work_out, rounds = drawing._worked_out, []

    def somebody_publishes_meanwhile(*given):
        made = work_out(*given)
        if not rounds:
            publish_data_set(data_set=release.data_set, by=SYSTEM, at=NOON)
        rounds.append(made.published_at)
        return made

    monkeypatch.setattr(drawing, "_worked_out", somebody_publishes_meanwhile)
    draw_pictures(data_set="oecd-unemployment", at=NOON)

    assert rounds == [None, NOON]
    assert release.data_set.indicators.filter(sheet__isnull=False).exists()
