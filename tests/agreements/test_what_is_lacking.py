"""What an agreement lacks is said before it is signed and while it holds, whatever its kind."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from samrad.agreements.queries import lacking
from samrad.agreements.queries.checking import checked
from samrad.agreements.queries.lacking import missing_in_draft
from samrad.agreements.rules import SIGNED_HERE
from samrad.agreements.rules.renewal import looked_back_on
from samrad.cooperation.models import Agreement
from samrad.cooperation.rules import AgreementState
from samrad.kernel.clock import held_at
from samrad.reading.templates import agreement_template
from samrad.work.api import Job, work_off
from tests.agreements.bricks import begun, in_force, to_be_signed, written
from tests.agreements.promises import promised
from tests.cast import NOON, TODAY, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon() -> Any:
    with held_at(NOON):
        yield


@pytest.mark.parametrize("kind", ["ssp", "terms", "theme"])
def test_agreements_of_every_kind_are_asked_what_their_own_template_asks(
    cast: Any, kind: str
) -> None:
    dk = cast.dk
    draft = begun(cast, council=dk.kredsraad, kind=kind, language="da", by=dk.secretary.actor)
    kept = [one.pk for one in draft.clauses.all()[:4]]
    draft.clauses.exclude(pk__in=kept).update(text="")
    draft = type(draft).objects.get(pk=draft.pk)

    missing = missing_in_draft(draft)

    asked = {one.key for one in agreement_template("dk", kind).requirements}
    assert missing
    assert {one["key"] for one in missing} <= asked


def test_before_it_is_put_out_each_thing_lacking_has_a_way_to_its_place(
    cast: Any, client: Any
) -> None:
    draft = written(cast)
    page = signed_in(client, cast.secretary).get(reverse("agreements:to_sign", args=[draft.ref]))

    lacks = page.context["lacks"]
    write = reverse("agreements:write", args=[draft.ref])
    for one in lacks:
        assert f"{write}#{one.clause}" in page.text
    assert ("What the agreement still lacks" in page.text) == bool(lacks)


def test_an_agreement_in_force_is_written_anew_here_by_those_who_keep_the_council(
    cast: Any, client: Any
) -> None:
    made = in_force(cast).agreement
    assert made is not None
    lacks = {"key": "services", "clause": "services", "strength": "must", "citation": "C"}
    Agreement.objects.filter(pk=made.pk).update(missing=[lacks], facts={})
    start = reverse("agreements:start", args=[cast.council.ref])

    page = signed_in(client, cast.secretary).get(made.get_absolute_url()).text
    assert "Write a new version" in page
    assert start in page
    assert "Write a new version" not in (
        signed_in(client, cast.police_member).get(made.get_absolute_url()).text
    )


def test_an_evaluation_begins_with_what_became_of_each_promise(cast: Any, client: Any) -> None:
    agreement = in_force(cast).agreement
    assert agreement is not None
    made = promised(cast, agreement)
    url = reverse("agreements:evaluate", args=[agreement.ref])

    page = signed_in(client, cast.secretary).get(url)

    assert made.title in page.text
    assert page.context["year"] == str(looked_back_on(TODAY)) == "2026"
    assert [one.commitment for one in page.context["promised"]] == [made]


def test_in_the_first_half_of_a_year_one_looks_back_on_the_year_before() -> None:
    assert looked_back_on(TODAY.replace(month=6)) == 2025
    assert looked_back_on(TODAY.replace(month=7)) == 2026


def test_the_days_stand_side_by_side_and_every_field_is_on_the_page(cast: Any, client: Any) -> None:
    draft = to_be_signed(cast)
    page = signed_in(client, cast.secretary).get(reverse("agreements:write", args=[draft.ref]))
    form = page.context["form"]
    assert [one.name for one in form.days] == ["from_date", "to_date", "renewal_date"]
    for name in form.fields:
        assert f'name="{name}"' in page.text


# In force: looked through where nobody waits --------------------------------------------------


def test_whoever_signs_last_does_not_wait_for_the_reader(cast: Any, monkeypatch: Any) -> None:
    def never(*_arguments: Any, **_options: Any) -> None:
        raise AssertionError("The reader ran while the agreement was brought into force.")

    monkeypatch.setattr(lacking, "lacking_in", never)

    made = in_force(cast).agreement

    assert made is not None
    assert made.state == AgreementState.IN_FORCE
    assert made.is_unread


def test_the_page_says_that_it_is_being_looked_through_until_the_worker_has_done_it(
    cast: Any, client: Any
) -> None:
    draft = in_force(cast)
    made = draft.agreement
    assert made is not None
    secretary = signed_in(client, cast.secretary)
    assert "is being looked through" in secretary.get(made.get_absolute_url()).text
    signed = made.facts[SIGNED_HERE]

    work_off()

    made.refresh_from_db()
    assert not made.is_unread
    assert made.missing == missing_in_draft(draft)
    assert made.missing
    assert made.facts[SIGNED_HERE] == signed
    assert checked(draft).holds
    page = secretary.get(made.get_absolute_url()).text
    assert "is being looked through" not in page
    assert "What the agreement still lacks" in page
    work_off()
    assert Job.objects.filter(name="agreements.look_through").count() == 1
