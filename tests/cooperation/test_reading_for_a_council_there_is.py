"""An agreement is read in where a council is already: nothing happens behind anybody's back."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from samrad.access.actor import SYSTEM
from samrad.cooperation.actions import rest_council
from samrad.cooperation.lacking import lacking_of
from samrad.cooperation.models import Agreement, Council
from samrad.kernel.clock import held_at
from samrad.reading.model import Reading
from tests.cast import NOON, Cast
from tests.cooperation.test_reading_in_the_browser import as_proposed
from tests.cooperation.test_what_is_kept_of_a_document import TEXT, confirmed, staged
from tests.reading.labelled import labelled, scanned

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon() -> Any:
    with held_at(NOON):
        yield


def test_the_council_there_is_stands_first_and_is_chosen(client: Client, cast: Cast) -> None:
    read = staged(client, cast)
    page = client.get(read.get_absolute_url())

    form = page.context["form"]
    assert form["council"].value() == str(cast.council.ref)
    assert next(iter(form.fields["council"].choices))[0] == str(cast.council.ref)
    assert f"There is a council for {cast.council.area.name} already" in page.text


def test_a_council_of_another_kind_is_not_chosen_beforehand(client: Client, cast: Cast) -> None:
    Council.objects.filter(pk=cast.council.pk).update(tier="arbeidsgruppe")
    read = staged(client, cast)

    form = client.get(read.get_absolute_url()).context["form"]
    assert form["council"].value() is None
    given = as_proposed(client, read, council="")
    page = client.post(reverse("cooperation:confirm", args=[read.ref]), given)
    assert list(page.context["form"].errors) == ["council"]
    assert not Agreement.objects.filter(council=cast.council).exists()


def test_a_council_at_rest_is_named_with_the_way_to_let_it_begin_again(
    client: Client, cast: Cast
) -> None:
    rest_council(council=cast.council, reason="Ingen sekretær", by=SYSTEM, at=NOON)

    page = client.get(staged(client, cast).get_absolute_url())

    assert [str(one.ref) for one in page.context["resting"]] == [str(cast.council.ref)]
    assert f'<a href="{cast.council.get_absolute_url()}">{cast.council.name}</a> is at rest' in (
        page.text
    )


OFTEN = "Vi møtes en gang i kvartalet på kommunehuset i Bø. "


def test_what_a_new_council_is_to_do_is_lacking_neither_before_nor_after(
    client: Client, cast: Cast
) -> None:
    assert OFTEN in TEXT
    read = staged(client, cast, TEXT.replace(OFTEN, ""))

    agreement = confirmed(client, read, meetings_per_year="4")

    assert agreement.council.meetings_per_year == 4
    assert agreement.missing == lacking_of(agreement)
    assert "meeting_frequency" not in {one["key"] for one in agreement.missing}


def test_the_page_measures_by_the_council_that_is_chosen_beforehand(
    client: Client, cast: Cast
) -> None:
    Council.objects.filter(pk=cast.council.pk).update(meetings_per_year=1)
    read = staged(client, cast, TEXT.replace(OFTEN, ""))

    form = client.get(read.get_absolute_url()).context["form"]
    given = as_proposed(client, read, council=str(cast.council.ref), meetings_per_year="4")
    client.post(reverse("cooperation:confirm", args=[read.ref]), given)

    agreement = Agreement.objects.get(source_file=read.file)
    assert "enough_meetings" in {one["key"] for one in form.lacking()}
    assert agreement.missing == form.lacking() == lacking_of(agreement)


def test_confirmed_as_proposed_it_is_the_agreement_of_the_council_there_is(
    client: Client, cast: Cast
) -> None:
    before = Council.objects.count()
    read = staged(client, cast)

    given = as_proposed(client, read, council=str(cast.council.ref))
    client.post(reverse("cooperation:confirm", args=[read.ref]), given)

    assert Council.objects.count() == before
    assert Agreement.objects.get(source_file=read.file).council == cast.council


def test_before_confirming_one_sees_who_gets_which_seat(client: Client, cast: Cast) -> None:
    page = client.get(staged(client, cast).get_absolute_url())

    roles = dict(page.context["seats"].forms[0].fields["role"].choices)
    assert cast.chair.person.label in str(roles["mayor"])
    assert cast.chair.person.label in page.text


def test_they_are_found_however_the_document_writes_the_partys_name(
    client: Client, cast: Cast
) -> None:
    read = staged(client, cast)
    given = as_proposed(client, read, municipality="ÅS KOMMUNE", from_date="x")
    page = client.post(reverse("cooperation:confirm", args=[read.ref]), given)

    roles = dict(page.context["seats"].forms[0].fields["role"].choices)
    assert cast.chair.person.label in str(roles["mayor"])


def test_one_that_should_have_been_made_anew_long_ago_says_so(client: Client, cast: Cast) -> None:
    read = staged(client, cast)
    given = as_proposed(
        client, read, name="Rådet i avtalen", from_date="2018-10-15", renewal_date="2019-09-09",
        to_date="",
    )  # fmt: skip
    answer = client.post(reverse("cooperation:confirm", args=[read.ref]), given)

    told = " ".join(str(one) for one in get_messages(answer.wsgi_request))
    assert "should have been made anew by" in told
    assert "2019" in told


def test_one_that_has_run_out_is_told_of_once(client: Client, cast: Cast) -> None:
    read = staged(client, cast)
    given = as_proposed(
        client, read, name="Rådet i avtalen", from_date="2018-10-15", renewal_date="2019-09-09",
        to_date="2019-12-31",
    )  # fmt: skip
    answer = client.post(reverse("cooperation:confirm", args=[read.ref]), given)

    [told] = [str(one) for one in get_messages(answer.wsgi_request) if "anew" in str(one)]
    assert "It held until" in told


# A text that was scanned ------------------------------------------------------------------------


def test_a_text_full_of_scan_errors_is_said_with_a_measure(client: Client, cast: Cast) -> None:
    text = scanned(labelled("no_bokmaal_nummerert").text, 3)
    page = client.get(staged(client, cast, text).get_absolute_url())

    assert page.context["scan"].is_bad
    assert "The text looks scanned with errors" in page.text
    assert "Everything found its place" not in page.text


def test_a_clean_text_is_not_said_to_be_scanned(client: Client, cast: Cast) -> None:
    page = client.get(staged(client, cast).get_absolute_url())

    assert not page.context["scan"].is_bad
    assert "scanned with errors" not in page.text


def test_a_passage_put_right_is_what_the_agreement_says_and_how_it_was_read_is_kept(
    client: Client, cast: Cast
) -> None:
    read = staged(client, cast)
    one = next(one for one in Reading.from_json(read.result).passages if one.clause == "services")
    better = "Politiet kommer innen ti minutter når det haster."

    agreement = confirmed(client, read, **{f"text_{one.number}": better})

    assert better in [clause.text.split("\n")[-1] for clause in agreement.clauses.all()]
    assert agreement.facts["corrected"] == [
        {"clause": "services", "page": one.page, "read_as": one.text}
    ]
    page = client.get(agreement.get_absolute_url()).text
    assert "The text of one passage was put right by hand" in page
    assert TEXT  # the document itself is kept as it came
    assert agreement.source_file is not None
