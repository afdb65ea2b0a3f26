"""Components say what they show in words, escape what people write, and cost little."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.paginator import Paginator
from django.template import Context, RequestContext, Template
from django.test import RequestFactory
from django.utils import translation

from samrad.ui.icons import PATHS
from samrad.ui.pieces import TONE_ICONS, Happening, StepState, Tab, Tone, steps_to

NASTY = '<script>alert("å")</script>'


def shown(source: str, **context: object) -> str:
    with translation.override("en"):
        request = context.pop("request", None)
        known = RequestContext(request, context) if request else Context(context)
        return Template("{% load ui %}" + source).render(known)


@pytest.mark.parametrize(
    "source",
    [
        "{% chip nasty %}",
        "{% person nasty nasty %}",
        "{% avatar nasty %}",
        "{% crumb nasty %}",
        "{% page_header nasty lead=nasty eyebrow=nasty %}{% endpage_header %}",
        "{% next_link nasty '/' hint=nasty %}",
        "{% section nasty lead=nasty label=nasty url='/' %}{{ nasty }}{% endsection %}",
        "{% card title=nasty url='/' eyebrow=nasty foot=nasty %}{{ nasty }}{% endcard %}",
        "{% notice 'info' title=nasty %}{{ nasty }}{% endnotice %}",
        "{% empty nasty nasty nasty '/' %}",
        "{% who_when nasty at %}",
        "{% icon 'home' nasty %}",
        "{% dialog nasty %}{{ nasty }}{% enddialog %}",
        "{% reveal nasty %}{{ nasty }}{% endreveal %}",
        "<dl>{% fact nasty %}{{ nasty }}{% endfact %}{% figure nasty nasty %}</dl>",
    ],
)
def test_what_people_write_is_never_markup(source):
    html = shown(source, nasty=NASTY, at=datetime(2026, 11, 21, tzinfo=UTC))
    assert "<script" not in html
    assert html.strip()


@pytest.mark.parametrize("tone", list(Tone))
def test_a_chip_has_a_word_and_a_shape_besides_its_colour(tone):
    html = shown("{% chip 'Overdue' tone %}", tone=tone)
    assert f'data-color="{tone}"' in html
    assert PATHS[TONE_ICONS[tone]] in html
    assert "Overdue" in html


def test_a_page_header_holds_the_only_h1_and_one_next_step():
    html = shown(
        "{% page_header 'Ås' %}{% next_link 'Send the agenda' '/send/' hint='Soon.' %}"
        "{% endpage_header %}"
    )
    assert html.count("<h1>") == 1
    assert html.count('class="s-next"') == 1
    assert 'href="/send/"' in html


def test_a_history_tells_what_who_and_when():
    at = datetime(2026, 11, 21, 11, 30, tzinfo=UTC)
    html = shown(
        "{% timeline happenings 'Europe/Oslo' %}",
        happenings=[Happening("The minutes are approved.", at, "Kari Eksempel", Tone.SUCCESS)],
    )
    assert "The minutes are approved." in html
    assert "Kari Eksempel" in html
    assert "21 Nov 2026, 12:30" in html


def test_steps_say_in_words_where_one_is():
    steps = steps_to(1, ["Planned", "Agenda sent", "Held"])
    assert [step.state for step in steps] == [StepState.DONE, StepState.CURRENT, StepState.AHEAD]
    html = shown("{% steps steps %}", steps=steps)
    assert html.count('aria-current="step"') == 1
    assert "Done" in html
    assert "Later" in html


def test_tabs_are_links_and_say_which_is_open():
    items = [Tab("A", "/a/", True), Tab("B", "/b/", count=3)]
    html = shown("{% tabs items 'Parts' %}", items=items)
    assert html.count('aria-current="page"') == 1
    assert '<span class="s-count">3</span>' in html


def test_pages_of_a_list_keep_what_was_searched_for():
    request = RequestFactory().get("/decisions/?state=open&page=2")
    page = Paginator(range(95), 20).get_page(2)
    html = shown("{% pagination page %}", request=request, page=page)
    assert "state=open&amp;page=3" in html
    assert "21–40 of 95" in html


def test_a_list_that_fits_has_no_pages():
    page = Paginator(range(5), 20).get_page(1)
    request = RequestFactory().get("/")
    assert "<nav" not in shown("{% pagination page %}", request=request, page=page)


def test_a_dialog_is_a_details_element_that_works_without_scripts():
    html = shown("{% dialog 'Move' title='Move the meeting' is_open=True %}Text{% enddialog %}")
    assert "<details" in html
    assert " open>" in html
    assert "<summary" in html
