"""Every field has a label, and its help and errors are tied to it."""

from __future__ import annotations

from datetime import date, time

import pytest
from django import forms
from django.utils import translation
from lxml import html as parser

from samrad.ui.forms import ClockInput, DayInput, KeptText, keep


class Sample(forms.Form):
    title = forms.CharField(label="Title", help_text="One sentence.")
    day = forms.DateField(label="Day", widget=DayInput)
    starts = forms.TimeField(label="Starts", widget=ClockInput)
    kind = forms.ChoiceField(
        label="Kind", choices=[("a", "Decide"), ("b", "Discuss")], widget=forms.RadioSelect
    )
    who = forms.MultipleChoiceField(
        label="Who", choices=[("1", "Kari"), ("2", "Ola")],
        widget=forms.CheckboxSelectMultiple, required=False,
    )  # fmt: skip
    text = forms.CharField(label="Text", required=False, widget=KeptText(key="minutes-1"))
    sure = forms.BooleanField(label="Sure", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


def drawn(form: forms.Form):
    with translation.override("en"):
        return parser.fromstring(f"<form>{form}</form>")


def test_every_field_has_a_label_and_designsystemets_class():
    tree = drawn(Sample())
    fields = tree.xpath("//*[self::input or self::textarea or self::select][not(@type='hidden')]")
    assert len(fields) == 9
    for field in fields:
        assert "ds-input" in field.get("class"), parser.tostring(field)
        assert tree.xpath("//label[@for=$id]", id=field.get("id")), field.get("id")


def test_a_hidden_field_stays_hidden():
    hidden = drawn(Sample()).xpath("//input[@name='version']")
    assert [field.get("type") for field in hidden] == ["hidden"]


def test_help_and_errors_are_tied_to_their_field():
    tree = drawn(Sample({"title": ""}))
    title = tree.xpath("//input[@name='title']")[0]
    assert title.get("aria-invalid") == "true"
    for told in title.get("aria-describedby").split():
        assert tree.xpath("//*[@id=$id]", id=told), told


def test_a_group_of_choices_is_a_fieldset_with_its_own_help():
    tree = drawn(Sample({"kind": ""}))
    fieldset = tree.xpath("//fieldset[legend[contains(., 'Kind')]]")[0]
    for told in (fieldset.get("aria-describedby") or "").split():
        assert tree.xpath("//*[@id=$id]", id=told), told
    assert len(fieldset.xpath(".//input[@type='radio']")) == 2


def test_the_summary_leads_to_each_field_that_needs_another_look():
    tree = drawn(Sample({"title": "", "kind": ""}))
    links = tree.xpath("//div[contains(@class, 'ds-error-summary')]//a/@href")
    assert len(links) == 4
    for link in links:
        assert tree.xpath("//*[@id=$id]", id=link.removeprefix("#")), link


def test_a_form_in_order_has_no_summary():
    good = {"title": "A", "day": "2026-12-03", "starts": "09:00", "kind": "a"}
    form = Sample(good)
    assert form.is_valid(), form.errors
    assert not drawn(form).xpath("//div[contains(@class, 'ds-error-summary')]")


@pytest.mark.parametrize("language", ["nb", "nn", "da", "sv", "en"])
def test_days_and_times_are_given_to_the_browser_in_its_own_form(language):
    with translation.override(language):
        form = Sample(initial={"day": date(2026, 12, 3), "starts": time(9, 5)})
        html = str(form)
    assert 'value="2026-12-03"' in html
    assert 'value="09:05"' in html


def test_a_kept_field_names_its_key():
    form = Sample()
    keep(form, "title", "title-9")
    tree = drawn(form)
    assert tree.xpath("//textarea/@data-keep") == ["minutes-1"]
    assert tree.xpath("//input[@name='title']/@data-keep") == ["title-9"]
