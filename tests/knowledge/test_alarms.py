"""An alarm is found once, told by one sentence, and lapses when a revision takes it back (G3)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from samrad.documents.rules import Classification
from samrad.knowledge.alarms_told import told_alarm
from samrad.knowledge.models import Alarm, DataSet
from samrad.trail.api import event_codes_of
from tests.cast import signed_in
from tests.knowledge.bricks import NOON, PEAK, USUAL, a_data_set, an_alarm, looked_at

LATER = NOON + timedelta(days=30)
FLAT = [*USUAL * 10]


@pytest.fixture
def break_ins():
    return a_data_set()[0]


def test_one_sentence_says_what_was_counted_and_what_was_expected(cast):
    told = told_alarm(an_alarm(cast.no.home))

    assert told.sentence.startswith("Break-ins in Ås: 60 in ")
    assert "seldom more than" in told.sentence
    assert "among all series that were looked at" in told.certainty
    assert told.chart.moments[-1].value == 60


def test_a_local_alarm_says_that_it_may_be_chance(cast):
    alarm = an_alarm(cast.no.home)
    alarm.survives = False

    assert "its own series only" in told_alarm(alarm).certainty


def test_the_same_figures_again_change_nothing(cast, break_ins):
    [first] = looked_at(break_ins, cast.no.home, *PEAK)
    [again] = looked_at(break_ins, cast.no.home, *PEAK, at=LATER)

    assert first.pk == again.pk
    assert again.revised_at is None
    assert event_codes_of(again) == ["knowledge.alarm_found"]


def test_a_revised_figure_is_the_same_alarm_brought_up_to_date(cast, break_ins):
    looked_at(break_ins, cast.no.home, *PEAK)
    [alarm] = looked_at(break_ins, cast.no.home, *PEAK[:-1], 55, at=LATER)

    assert (alarm.observed, alarm.revised_at) == (55, LATER)
    assert Alarm.objects.count() == 1


def test_a_revision_that_takes_it_back_is_told_and_so_is_one_that_brings_it_again(cast, break_ins):
    [alarm] = looked_at(break_ins, cast.no.home, *PEAK)
    assert looked_at(break_ins, cast.no.home, *FLAT, at=LATER) == []
    alarm.refresh_from_db()
    assert alarm.lapsed_at == LATER

    looked_at(break_ins, cast.no.home, *PEAK, at=LATER)
    alarm.refresh_from_db()
    assert not alarm.has_lapsed
    assert event_codes_of(alarm) == [
        "knowledge.alarm_found", "knowledge.alarm_lapsed", "knowledge.alarm_back",
    ]  # fmt: skip


def test_the_next_period_says_that_it_continues(cast, break_ins):
    before = [*USUAL * 9, *USUAL[:2], 60]
    looked_at(break_ins, cast.no.home, *before[:-1], 60, 55)
    assert Alarm.objects.count() == 2

    first, second = Alarm.objects.order_by("period")
    assert first.continues is None
    assert second.continues == first
    assert told_alarm(second).follows == (
        "The period before, quarter 3 of 2025, stood out in the same way."
    )
    assert told_alarm(first).since == "It has stood out in the same way since: quarter 4 of 2025."


def test_what_is_over_is_told_as_past_and_proposed_to_nobody(cast, break_ins):
    """Three quarters ago is no news: it is kept, its chart goes on to the newest figure."""
    over = [*USUAL * 9, 60, *USUAL[1:]]

    assert looked_at(break_ins, cast.no.home, *over) == []
    told = told_alarm(Alarm.objects.get())
    assert told.alarm.period == "2025-Q1"
    assert told.since.startswith("That is past: in the periods since, up to quarter 4 of 2025")
    assert told.chart.moments[-1].label == "quarter 4 of 2025"
    assert told.sentence.startswith("Break-ins in Ås: 60 in quarter 1 of 2025")


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"value": None}, "Nothing is known of it since."),
        ({"expected": None}, "Nothing is known of it since."),
        ({"unusual": "low"}, ""),
    ],
)  # fmt: skip
def test_what_nobody_knows_of_the_time_since_is_not_told_as_past(cast, break_ins, changed, says):
    looked_at(break_ins, cast.no.home, *USUAL * 9, 60, *USUAL[1:])
    alarm = Alarm.objects.get()
    later = [one for one in alarm.past if one["period"] > alarm.period]
    assert len(later) == 3
    for one in later:
        one.update(changed)

    assert told_alarm(alarm).since == says


def test_figures_that_come_later_lengthen_the_chart_and_are_no_news_of_the_alarm(cast, break_ins):
    peak = [*USUAL * 9, *USUAL[:2], 60]
    looked_at(break_ins, cast.no.home, *peak, USUAL[3])
    alarm = Alarm.objects.get()
    before = len(alarm.past)
    alarm.past = alarm.past[:-1]
    alarm.save()

    looked_at(break_ins, cast.no.home, *peak, USUAL[3], at=LATER)
    alarm.refresh_from_db()
    assert (len(alarm.past), alarm.revised_at) == (before, None)
    assert event_codes_of(alarm) == ["knowledge.alarm_found"]


def test_what_stood_out_long_ago_is_no_news(cast, break_ins):
    long_ago = [*USUAL * 7, 60, *USUAL[1:], *USUAL * 2]

    assert looked_at(break_ins, cast.no.home, *long_ago) == []


def test_too_few_is_found_as_well(cast, break_ins):
    many = [10 * value for value in USUAL]
    [alarm] = looked_at(break_ins, cast.no.home, *many * 9, *many[:3], 5)

    assert alarm.tail == "low"
    assert "seldom fewer than" in told_alarm(alarm).sentence


@pytest.mark.parametrize(
    ("classification", "seen_by"),
    [
        (Classification.OPEN, {"secretary", "guest", "police_member", "analyst", "stranger"}),
        (Classification.INTERNAL, {"secretary", "police_member", "analyst", "stranger"}),
        (Classification.RESTRICTED, {"police_member", "analyst"}),
    ],
)
def test_figures_are_for_those_they_are_for(cast, client, classification, seen_by):
    alarm = an_alarm(cast.no.home)
    DataSet.objects.update(classification=classification, legal_basis="politiregisterloven § 27")

    for name in ("secretary", "guest", "police_member", "analyst", "stranger"):
        who = getattr(cast, name)
        assert Alarm.objects.visible_to(who.actor).exists() is (name in seen_by), name
        page = signed_in(client, who).get(reverse("knowledge:alarm", args=[alarm.ref]))
        assert page.status_code == (200 if name in seen_by else 404), name


def test_the_page_shows_the_chart_with_its_figures_and_asks_little(
    cast, client, django_assert_max_num_queries
):
    alarm = an_alarm(cast.no.home)
    who, url = signed_in(client, cast.secretary), reverse("knowledge:alarm", args=[alarm.ref])
    who.get(url)
    with django_assert_max_num_queries(8):
        page = who.get(url).content.decode()

    assert "<svg" in page
    assert "Probability by chance" in page
    assert "A publisher, table 1" in page
