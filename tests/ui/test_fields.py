"""Text fields store one normal form and never keep or repeat an identity number."""

from __future__ import annotations

import pytest
from django import forms

from samrad.ui.fields import IDENTITY_NUMBER, NameLine, PhoneLine, TextLine, TextLines


class Note(forms.Form):
    title = TextLine(max_length=40)
    text = TextLines(required=False)
    phone = PhoneLine(required=False)


def note(**data):
    return Note({"title": "A title", **data})


def synthetic_number():
    """A number the guard takes for certain, made from its own rules rather than a person's."""
    from samrad.kernel.identity import find_identity_numbers, is_blocked

    return next(
        number
        for number in (
            f"0181{year:02d}{last:05d}" for year in range(50, 60) for last in range(99999)
        )
        if is_blocked(find_identity_numbers(number))
    )


def test_a_line_is_normalised_before_it_is_measured_and_stored():
    form = note(title="  Kafe\u0301\u202e   i\tA\u030as " + " " * 60)

    assert form.is_valid()
    assert form.cleaned_data["title"] == "Kaf\u00e9 i \u00c5s"


def test_several_lines_keep_their_lines_and_lose_control_characters():
    form = note(text="First\r\nsecond\x00 \x1b[31m\n\n\n\n\nlast  ")

    assert form.is_valid()
    assert form.cleaned_data["text"] == "First\nsecond [31m\n\n\nlast"


def test_white_space_alone_is_no_answer():
    form = note(title=" \u00a0\t\ufeff ")

    assert form.errors["title"].data[0].code == "required"


def test_an_identity_number_is_refused_and_never_shown_again():
    number = synthetic_number()
    form = note(text=f"Spoke with {number} yesterday")

    assert form.errors["text"].data[0].code == IDENTITY_NUMBER
    assert number not in str(form)
    assert "Spoke with •••••••••••" in str(form)
    assert number not in str(form.errors)


def test_what_is_only_suspect_passes_and_can_be_warned_about():
    form = note(text="Ring tlf. 22 33 44 55")

    assert form.is_valid()
    assert [f.kind.value for f in form.fields["text"].findings] == ["any.phone_number"]


@pytest.mark.parametrize("number", ["+47 22 33 44 55", "(02) 123-456", "110", "22.33.44.55"])
def test_telephone_numbers_are_taken_as_people_write_them(number):
    assert note(phone=number).is_valid()


@pytest.mark.parametrize("number", ["call me", "12", "+", "22 33 x 44"])
def test_what_cannot_be_called_is_no_telephone_number(number):
    assert note(phone=number).errors["phone"].data[0].code == "phone"


def test_a_field_shared_between_threads_judges_the_text_it_was_given():
    class Overtaken(TextLine):
        """Another thread looks a harmless text through before this one has answered."""

        findings = property(lambda self: [], lambda self, found: None)

    with pytest.raises(forms.ValidationError):
        Overtaken().clean(synthetic_number())


class Somebody(forms.Form):
    name = NameLine()


def test_a_name_takes_no_digits_that_could_be_a_persons_and_does_not_ask():
    suspect = "1201601234"
    form = Somebody({"name": f"Kari Eksempel {suspect}"})

    assert not form.is_valid()
    assert form.has_error("name", IDENTITY_NUMBER)
    assert suspect not in str(form)
    assert Somebody({"name": "Kari Eksempel 3"}).is_valid()
