"""What a reader who stops after the first screen takes home."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from samrad.analysis.words import Code
from samrad.documents.rules import Classification
from samrad.knowledge.beside import figures_in_short
from samrad.knowledge.handouts import handout
from samrad.knowledge.models import AreaPicture, DataSet
from samrad.knowledge.pictures import AreaTold, pictures_of
from samrad.knowledge.rules.picture import (
    Against,
    Among,
    Change,
    Member,
    NoGroup,
    Picture,
    Similar,
    Unusual,
)
from samrad.knowledge.telling import told, told_beside
from tests.cast import Cast, signed_in
from tests.knowledge.bricks import USUAL, a_picture, figures_for, picture_of

QUIET = picture_of(*USUAL * 10)


def against(way: Code = Code.HIGHER, ratio: float = 2.0, low: float = 1.2, high: float = 3.4):
    return Against("no.offences", way, 4.0, 2.0, ratio, low, high, (2.0,), p=0.004)


def drawn(cast: Cast, *lines: Against, why_none: NoGroup = NoGroup.NO) -> AreaTold:
    """Nothing moves; beside its like the municipality stands so."""
    kept = a_picture(cast.no.home)
    member = Member(str(cast.no.home.ref), 20_000, 30.0)
    similar = Similar(why_none, member, (member,), lines=lines)
    picture: Picture = replace(QUIET, similar=similar)
    kept.content = picture.as_json()
    kept.save()
    (found,) = pictures_of(cast.no.home, cast.secretary.actor)
    return found


def test_what_stands_out_from_similar_ones_is_told_at_the_top(cast, client):
    found = drawn(cast, against())

    assert found.in_all == (
        "No clear change and nothing unusual, yet one figure stands out from similar"
        " municipalities: Break-ins."
    )
    page = signed_in(client, cast.secretary).get(
        reverse("knowledge:picture", args=[cast.no.home.ref])
    )
    answer = page.content.decode().partition("One by one")[0]
    assert "Stands out from similar municipalities" in answer
    assert "2.0 times as many per inhabitant" in answer


def test_where_nothing_does_one_sentence_says_so(cast):
    found = drawn(cast, against(Code.NO_CLEAR_DIFFERENCE))

    assert found.in_all.endswith("nothing stands out from similar municipalities.")
    assert found.apart == []


def test_without_a_group_nothing_is_said_of_one(cast, client):
    assert drawn(cast, why_none=NoGroup.TOO_FEW).in_all == "No clear change, and nothing unusual."
    url = reverse("knowledge:picture", args=[cast.no.home.ref])
    page = signed_in(client, cast.secretary).get(url).content.decode()
    assert "Stands out from similar municipalities" not in page


def test_the_paper_tells_it_before_the_page_turns(cast):
    parts = handout(cast.no.home, drawn(cast, against())).parts
    titles = [getattr(one, "text", type(one).__name__) for one in parts]

    at = titles.index("Stands out from similar municipalities")
    assert at < titles.index("NewPage")
    assert "2.0 times as many" in repr(parts[at + 1])


def test_the_paper_of_a_place_that_none_is_like_tells_of_the_rest_of_the_country(cast):
    apart = Among(
        4.0, 2.0, 2.0, 1.5, 2.6, Unusual.HIGH, Code.HIGHER, to_rest=2.0, rest_low=1.5, rest_high=2.6
    )
    told = drawn(cast, why_none=NoGroup.TOO_FEW)
    told.lines[:] = [replace(one, line=replace(one.line, among=apart)) for one in told.lines]

    first_page = repr(handout(cast.no.home, told).parts).partition("NewPage")[0]

    assert "Differs most from the rest of the country" in first_page
    assert "2.0 times as many per inhabitant" in first_page


def test_no_difference_is_told_on_both_pages_of_the_paper(cast):
    """Others differ more, but of these eight the paper shows, and tells, only the ones it draws."""
    others = [replace(against(ratio=9.0, low=4.0, high=20.0), indicator=f"x.{at}") for at in (1, 2)]
    told = drawn(cast, *others, against())

    assert repr(handout(cast.no.home, told).parts).count("2.0 times as many per inhabitant") == 1


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (Change(Code.RISES, 4, 2, 2.9, 1.4, 6.09, 3, 0.004),
         "2.9 times the average of the 3 years before (from 1.4 to 6.1); fairly sure"),
        (Change(Code.RISES, 4, 2, 2.2, 1.05, 4.61, 3, 0.04),
         "2.2 times the average of the 3 years before (from 1.05 to 4.6); uncertain"),
        (Change(Code.FALLS, 4, 2, 0.8, 0.66, 0.94, 3, 0.02),
         "20% less than the average of the 3 years before (from 6% to 34%); likely"),
        (Change(Code.NO_CLEAR_CHANGE, 4, 2, 1.1, 0.8, 1.5, 3), "no clear change"),
    ],
)  # fmt: skip
def test_a_rise_or_a_fall_says_between_what_it_lies_and_how_sure_that_is(change, says):
    assert told(change) == says


def test_what_may_be_more_than_double_is_told_in_times_as_what_is():
    """“99 % more (from 18 % to 235 %)” beside “2.0 times” would be two forms of one thing."""
    said = told_beside(against(ratio=1.99, low=1.18, high=3.35))

    assert said.startswith("2.0 times as many per inhabitant as similar municipalities (from 1.2")
    assert said.endswith("; fairly sure")


@pytest.mark.parametrize(
    ("ratio", "low", "high", "is_outside"),
    [(2.0, 1.2, 3.4, True), (1.5, 0.9, 2.5, False), (0.5, 0.3, 0.8, True), (0.8, 0.5, 1.3, False)],
)
def test_a_dot_outside_the_line_is_what_stands_out(cast, ratio, low, high, is_outside):
    way = Code.HIGHER if is_outside else Code.NO_CLEAR_DIFFERENCE
    one = replace(against(way, ratio, low, high), rate=2.0 * ratio)
    (line,) = drawn(cast, one).similar.lines
    chart = line.chart

    assert (not chart.low <= chart.own.value <= chart.high) is is_outside
    picture = chart.drawn(300)
    assert "The group together" in picture
    assert f"{cast.no.home.name} " in picture


def without_a_figure(picture: Picture) -> Picture:
    """The same with one indicator more, whose latest figure is not there."""
    (line,) = picture.lines
    missing = replace(line.latest, value=None, nothing="missing")
    other = replace(
        line, indicator="no.missing", past=(*line.past[:-1], missing),
        change=replace(line.change, way=Code.UNKNOWN),
    )  # fmt: skip
    return replace(picture, lines=(line, other))


def kept_as(cast: Cast, picture: Picture) -> AreaTold:
    kept = a_picture(cast.no.home)
    kept.content = picture.as_json()
    kept.save()
    (found,) = pictures_of(cast.no.home, cast.secretary.actor)
    return found


def test_of_what_nobody_looked_at_nothing_is_said_at_the_top(cast):
    found = kept_as(cast, without_a_figure(QUIET))

    assert found.in_all == (
        "Of what was looked at nothing has changed clearly, and nothing is unusual."
    )
    short = figures_in_short(cast.no.home, cast.secretary.actor)
    assert short is not None
    assert short.nothing == found.in_all


def test_where_nothing_could_be_looked_at_the_top_is_silent(cast):
    picture = without_a_figure(QUIET)
    quiet_change = replace(picture.lines[1], change=picture.lines[0].change)

    assert kept_as(cast, replace(picture, lines=(quiet_change,))).in_all == ""
    assert figures_in_short(cast.no.home, cast.secretary.actor) is None


@pytest.mark.parametrize("way", [Code.TOO_FEW, Code.UNKNOWN])
def test_a_comparison_that_says_nothing_is_none(cast, way):
    assert drawn(cast, against(way)).in_all == "No clear change, and nothing unusual."


def test_beside_findings_stand_figures_that_all_may_read_before_restricted_ones(cast, client):
    """By its code the restricted table would be the first; each says for whom it is."""
    a_picture(cast.no.home)
    kept = AreaPicture.objects.get()
    kept.content = picture_of(*USUAL * 10).as_json()
    kept.save()
    DataSet.objects.update(code="z-open")
    closed = figures_for(Classification.RESTRICTED)
    DataSet.objects.filter(pk=closed.pk).update(code="a-restricted")
    a_second_picture(kept, closed)
    actor = cast.analyst.actor
    assert len(pictures_of(cast.no.home, actor)) == 2

    short = figures_in_short(cast.no.home, actor)
    assert short is not None
    assert not short.sight.is_restricted
    AreaPicture.objects.filter(data_set__code="z-open").delete()

    restricted = figures_in_short(cast.no.home, actor)
    assert restricted is not None
    assert restricted.sight.is_restricted
    page = render_to_string("knowledge/part_beside.html", {"short": restricted})
    assert restricted.sight.marking in page


def a_second_picture(like: AreaPicture, data_set: DataSet) -> None:
    like.pk, like._state.adding, like.data_set = None, True, data_set
    like.release = data_set.releases.first() or like.release
    like.save()
