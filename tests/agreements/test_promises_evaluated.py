"""A promise is set up as often as it says, and an evaluation says of each whether it was held."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from samrad.agreements.actions.commitments import HowKept, follow_commitment
from samrad.agreements.actions.settling import take_out
from samrad.agreements.models import Draft, Evaluation
from samrad.agreements.queries.commitments import noted_in, promised_in
from samrad.agreements.queries.papers import agreement_paper
from samrad.agreements.rules.commitments import Pace, Times, pace_said
from samrad.agreements.views import commitments as views
from samrad.cooperation.models import Agreement, Commitment
from samrad.cooperation.rules import Side
from samrad.documents.paper import Heading, NewPage, docx_of
from samrad.kernel.clock import held_at
from samrad.reading.reader import read_document
from tests.agreements.bricks import in_force
from tests.agreements.promises import noted
from tests.cast import NOON, TODAY, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon() -> Any:
    with held_at(NOON):
        yield


@pytest.fixture
def agreement(cast: Any) -> Agreement:
    made = in_force(cast).agreement
    assert made is not None
    return made


def follow(cast: Any, one: Commitment, times: Times) -> None:
    how = HowKept(one.title, cast.no.station, times)
    follow_commitment(commitment=one, kept=how, by=cast.secretary.actor, at=NOON)


@pytest.mark.parametrize(
    ("said", "pace"),
    [
        ("Hvert møte", Pace.EACH_MEETING),
        ("Varje möte", Pace.EACH_MEETING),
        ("Två gånger om året", Pace.HALF_YEARLY),
        ("Hvert halvår", Pace.HALF_YEARLY),
        ("Varje kvartal", Pace.QUARTERLY),
        ("Hver måned", Pace.MONTHLY),
        ("Hele avtaletiden", Pace.STANDING),
        ("Innen to uker", Pace.STANDING),
        ("En gang i året", Pace.YEARLY),
        ("Hvert møde", Pace.EACH_MEETING),
        ("Løbende", Pace.STANDING),
        ("To gange om året", Pace.HALF_YEARLY),
        ("2 ganger årlig", Pace.HALF_YEARLY),
        ("Halvårlig", Pace.HALF_YEARLY),
        ("To ganger per år", Pace.HALF_YEARLY),
        ("To ganger i halvåret", Pace.QUARTERLY),
        ("Innen to måneder", Pace.STANDING),
        ("Innen 1. mars 2027", Pace.ONCE),
        ("inom 2026", Pace.ONCE),
        ("Innen 1. mars hvert år", Pace.YEARLY),
        ("Annenhver måned", None),
        ("varannan månad", None),
        ("Varje vecka", None),
        ("", Pace.YEARLY),
    ],
)
def test_a_promise_begins_as_often_as_it_says(said: str, pace: Pace | None) -> None:
    assert pace_said(said) == pace


@pytest.mark.parametrize(
    ("pace", "months"), [(Pace.HALF_YEARLY, (4, 10)), (Pace.QUARTERLY, (2, 5, 8, 11))]
)
def test_twice_and_four_times_a_year_come_in_each_of_their_months(
    cast: Any, agreement: Agreement, pace: Pace, months: tuple[int, ...]
) -> None:
    one = noted(agreement, "Politiet er på hver skole")
    follow(cast, one, Times(pace, months))

    found = promised_in(agreement, cast.secretary.actor, TODAY.year + 1, TODAY)[0]
    assert [entry.window.due_date.month for entry in found.entries] == list(months)


@pytest.mark.parametrize("pace", [Pace.EACH_MEETING, Pace.STANDING])
def test_what_is_kept_always_has_no_day_and_is_asked_about_when_evaluated(
    cast: Any, agreement: Agreement, pace: Pace
) -> None:
    one = noted(agreement, "Politiet legger fram kriminalitetsbildet")
    follow(cast, one, Times(pace))

    found = promised_in(agreement, cast.secretary.actor, TODAY.year, TODAY)[0]
    assert found.following is not None
    assert (found.following.activity, found.following.task) == (None, None)
    assert (found.state, found.tone) == ("Asked when evaluated", "neutral")
    assert not Times(pace, (3,)).fits
    assert not Times(pace, due_date=date(2027, 1, 1)).fits


def test_what_nobody_has_set_up_says_so_without_blame(agreement: Agreement) -> None:
    noted(agreement, "Foreldremøter")
    assert [one.state for one in noted_in(agreement)] == ["Not set up"]


def test_nobody_is_said_to_promise_what_is_of_neither_side(
    cast: Any, client: Any, agreement: Agreement
) -> None:
    Commitment.objects.create(
        council=agreement.council, agreement=agreement, title="Ravnene går ute", side=Side.OTHER
    )
    assert [one.side_name for one in noted_in(agreement)] == [""]

    page = signed_in(client, cast.secretary).get(agreement.get_absolute_url()).text
    paper = agreement_paper(agreement, None, []).to_json()
    assert "Ravnene går ute" in page
    assert "Both parties" not in page
    assert "'Ravnene går ute'" in str(paper)
    assert "Ravnene går ute (" not in str(paper)


def test_the_evaluation_says_of_each_promise_whether_it_was_held(
    cast: Any, client: Any, agreement: Agreement
) -> None:
    held, other = noted(agreement, "Skolebesøk"), noted(agreement, "Nattevandring")
    secretary = signed_in(client, cast.secretary)
    url = reverse("agreements:evaluate", args=[agreement.ref])
    page = secretary.get(url)
    assert [one for one, _finding, _said in page.context["form"].rows()] == [held, other]

    given = {
        "held_date": TODAY.isoformat(), "text": "Et godt år.",
        f"finding_{held.pk}": "partly", f"said_{held.pk}": "To av tre skoler",
    }  # fmt: skip
    assert secretary.post(url, given).status_code == 302

    made = Evaluation.objects.get()
    assert [(one.commitment, one.finding, one.text) for one in made.promises.all()] == [
        (held, "partly", "To av tre skoler")
    ]
    text = secretary.get(agreement.get_absolute_url()).text
    assert "Et godt år." in text
    assert "Partly held" in text
    assert "To av tre skoler" in text
    assert (
        "Partly held" in secretary.get(reverse("agreements:signatures", args=[agreement.ref])).text
    )


def test_a_sentence_without_a_finding_is_asked_about_and_nothing_is_lost(
    cast: Any, client: Any, agreement: Agreement
) -> None:
    one = noted(agreement, "Skolebesøk")
    given = {"held_date": TODAY.isoformat(), "text": "Alt", f"said_{one.pk}": "Bare to skoler"}
    url = reverse("agreements:evaluate", args=[agreement.ref])
    page = signed_in(client, cast.secretary).post(url, given)

    assert page.status_code == 422
    assert "Say whether it was held" in page.text
    assert "Bare to skoler" in page.text
    assert not Evaluation.objects.exists()


def test_a_sentence_about_a_promise_that_was_taken_out_meanwhile_comes_back(
    cast: Any, client: Any, agreement: Agreement
) -> None:
    one = noted(agreement, "Skolebesøk")
    given = {
        "held_date": TODAY.isoformat(), "text": "Alt", f"finding_{one.pk}": "held",
        f"said_{one.pk}": "Bare to skoler",
    }  # fmt: skip
    url = reverse("agreements:evaluate", args=[agreement.ref])
    take_out(commitment=one, reason="Intet løfte", by=cast.secretary.actor, at=NOON)

    page = signed_in(client, cast.secretary).post(url, given)

    assert page.status_code == 422
    assert "You wrote: “Bare to skoler”" in page.text
    assert not Evaluation.objects.exists()


def test_what_was_found_is_for_those_inside(cast: Any, client: Any, agreement: Agreement) -> None:
    one = noted(agreement, "Skolebesøk")
    given = {
        "held_date": TODAY.isoformat(), "text": "Internt funn", f"finding_{one.pk}": "not_held",
    }  # fmt: skip
    url = reverse("agreements:evaluate", args=[agreement.ref])
    signed_in(client, cast.secretary).post(url, given)

    seen = signed_in(client, cast.national_officer).get(agreement.get_absolute_url())
    assert "Internt funn" not in seen.text


def test_several_that_are_no_promises_are_taken_out_at_once(
    cast: Any, client: Any, agreement: Agreement
) -> None:
    first, second = noted(agreement, "Det er nødvendig"), noted(agreement, "Det er viktig")
    kept = noted(agreement, "Skolebesøk")
    url = reverse("agreements:take_out", args=[first.ref])
    given = {"reason": "Ingen løfter", "others": [str(second.ref)]}
    signed_in(client, cast.secretary).post(url, given)

    assert list(agreement.commitments.all()) == [kept]


def test_of_several_one_that_is_followed_meanwhile_is_named_and_none_is_taken_out(
    cast: Any, client: Any, agreement: Agreement, monkeypatch: Any
) -> None:
    first, second = noted(agreement, "Det er nødvendig"), noted(agreement, "Skolebesøk")
    url = reverse("agreements:take_out", args=[first.ref])
    given = {"reason": "Ingen løfter", "others": [str(second.ref)]}
    follow(cast, second, Times(Pace.QUARTERLY, (2, 5, 8, 11)))
    secretary = signed_in(client, cast.secretary)

    page = secretary.post(url, given)
    assert "One that you ticked has been followed or taken out" in page.text

    monkeypatch.setattr(views, "never_followed", lambda one: one.commitments.all())  # as it was
    page = secretary.post(url, given)
    assert "Skolebesøk: This has been followed" in page.text
    assert agreement.commitments.count() == 2


def test_the_promises_are_an_annex_of_the_paper(cast: Any, agreement: Agreement) -> None:
    one = noted(agreement, "Politiet er på hver ungdomsskole")
    follow(cast, one, Times(Pace.QUARTERLY, (2, 5, 8, 11)))

    paper = agreement_paper(agreement, None, [])
    file = docx_of(paper, at=NOON)

    assert "Annex: what the parties have promised" in str(paper.to_json())
    text = " ".join(p.text for p in read_document(file, "avtale.docx", "no", anyway=True).passages)
    assert "Politiet er på hver ungdomsskole" in text


def test_the_annex_stands_after_the_signatures_and_says_that_nobody_signed_it(
    agreement: Agreement,
) -> None:
    noted(agreement, "Politiet er på hver ungdomsskole")
    draft = Draft.objects.get(agreement=agreement)

    parts = agreement_paper(agreement, draft, []).parts
    headings = [one.text for one in parts if isinstance(one, Heading)]
    assert headings[-2:] == ["Signatures", "Annex: what the parties have promised"]
    annex = parts[parts.index(Heading("Annex: what the parties have promised")) - 1 :]
    assert isinstance(annex[0], NewPage)
    assert "no part of the text that was signed" in str(annex[2])
