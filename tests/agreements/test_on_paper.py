"""What is signed on paper: of which text, by whom, on which day."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from samrad.agreements.actions.comments import open_comments
from samrad.agreements.actions.drafts import write_draft
from samrad.agreements.actions.signatures import PaperDiffers, put_to_sign, record_paper
from samrad.agreements.models import Draft, Party, Signature
from samrad.agreements.queries.checking import checked
from samrad.agreements.queries.papers import draft_paper
from samrad.agreements.rules.names import is_named
from samrad.kernel.clock import held_at
from samrad.kernel.verdict import Refused
from samrad.people.models import Person
from tests.agreements.bricks import (
    AT,
    ahead,
    first_groups,
    party_of,
    signed_page,
    to_be_signed,
    written,
)
from tests.cast import NOON, TODAY, signed_in

pytestmark = pytest.mark.django_db
TWO_DAYS_LATER = NOON + timedelta(days=2)


@pytest.fixture(autouse=True)
def noon() -> Any:
    with held_at(NOON):
        yield


def changed(cast: Any, draft: Draft, at: Any = NOON) -> None:
    """The secretary mends a word that nobody has signed yet."""
    given = {"clause_purpose": "Vi har skrevet det om."}
    write_draft(draft=draft, given=given, by=cast.secretary.actor, at=at)
    draft.refresh_from_db()


def recorded(cast: Any, party: Party, number: str, **more: Any) -> Signature:
    """The secretary records the paper of a party."""
    given = {
        "party": party, "number": number, "signatory": "Maja Mayor", "signed_date": TODAY,
        "scan": signed_page(), "by": cast.secretary.actor, **AT, **more,
    }  # fmt: skip
    return record_paper(**given)


def page_of_paper() -> SimpleUploadedFile:
    """A small picture, as a scan."""
    kept = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(kept, "PNG")
    return SimpleUploadedFile("side.png", kept.getvalue(), "image/png")


# Of which text -----------------------------------------------------------------------------------


def test_a_paper_that_was_printed_before_the_text_was_changed_is_refused(cast: Any) -> None:
    draft = to_be_signed(cast)
    party, old = party_of(draft, cast.chair), first_groups(draft)
    changed(cast, draft)

    with pytest.raises(PaperDiffers, match="printed before the text was changed on 21 Nov"):
        recorded(cast, party, old)

    assert not Signature.objects.exists()
    assert recorded(cast, party, first_groups(draft)).sha256 == draft.sha256()


def test_a_day_before_the_text_was_last_changed_is_refused(cast: Any) -> None:
    draft = to_be_signed(cast)
    party = party_of(draft, cast.chair)
    changed(cast, draft, TWO_DAYS_LATER)

    later = {"at": TWO_DAYS_LATER + timedelta(hours=1)}
    with pytest.raises(Refused, match="changed on 23 Nov 2026, after that day"):
        recorded(cast, party, first_groups(draft), signed_date=TODAY, **later)
    with held_at(TWO_DAYS_LATER):
        recorded(cast, party, first_groups(draft), signed_date=TWO_DAYS_LATER.date(), **later)
    assert checked(draft).holds


def test_a_text_that_was_only_commented_on_was_not_to_be_signed_on_that_day(cast: Any) -> None:
    by, draft = cast.secretary.actor, written(cast)
    heard, there = draft.sha256(), draft.clauses.get(key="purpose").text
    open_comments(draft=draft, until=ahead(21), by=by, **AT)
    out, back = (NOON + timedelta(days=days) for days in (2, 6))
    write_draft(draft=draft, given={"clause_purpose": "Et annet mål."}, by=by, at=out)
    put_to_sign(draft=draft, by=by, at=out)
    write_draft(draft=draft, given={"clause_purpose": there}, by=by, at=back)
    party = party_of(draft, cast.chair)
    assert Draft.objects.get(pk=draft.pk).sha256() == heard

    with pytest.raises(Refused, match="changed on 27 Nov 2026, after that day"):
        recorded(cast, party, heard, signed_date=ahead(4), at=back)
    assert recorded(cast, party, heard, signed_date=ahead(6), at=back).sha256 == heard


def test_a_number_that_is_none_of_ours_is_refused_in_plain_words(cast: Any) -> None:
    draft = to_be_signed(cast)
    for number in ("0000 0000 0000", first_groups(draft)[:9]):
        with pytest.raises(PaperDiffers, match="carries another number"):
            recorded(cast, party_of(draft, cast.chair), number)


def test_the_number_may_be_copied_with_or_without_spaces_and_in_capitals(cast: Any) -> None:
    draft = to_be_signed(cast)
    number = first_groups(draft).upper().replace(" ", "").replace("0", "O")
    assert recorded(cast, party_of(draft, cast.chair), number).sha256 == draft.sha256()


def test_the_secretary_copies_the_number_from_the_paper_and_not_from_the_page(
    cast: Any, client: Any
) -> None:
    draft = to_be_signed(cast)
    address = reverse("agreements:on_paper", args=[party_of(draft, cast.chair).ref])
    secretary = signed_in(client, cast.secretary)
    page = secretary.get(address).content.decode()
    assert first_groups(draft) not in page
    assert draft.sha256() not in page

    old = first_groups(draft)
    changed(cast, draft)
    given = {"holder": str(cast.chair.person.ref), "signed_date": TODAY.isoformat()}
    answer = secretary.post(address, {**given, "number": old, "scan": page_of_paper()})
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "printed before the text was changed" in said
    assert draft.sha256() not in said
    assert old in said  # what was written is not lost

    short = secretary.post(address, {**given, "number": old[:4], "scan": page_of_paper()})
    assert "three groups of four" in short.content.decode()
    odd = secretary.post(address, {**given, "number": "xyz", "scan": page_of_paper()})
    assert "letters a–f" in odd.content.decode()

    early = {**given, "signed_date": ahead(-3).isoformat(), "number": first_groups(draft)}
    answer = secretary.post(address, {**early, "scan": page_of_paper()})
    assert "not out to be signed yet" in str(answer.context["form"].errors["signed_date"])

    right = {**given, "number": first_groups(draft), "scan": page_of_paper()}
    assert secretary.post(address, right).status_code == 302
    assert Signature.objects.get().person == cast.chair.person


# By whom -----------------------------------------------------------------------------------------


def test_whoever_holds_the_office_is_chosen_and_somebody_else_is_named(
    cast: Any, client: Any
) -> None:
    draft = to_be_signed(cast)
    address = reverse("agreements:on_paper", args=[party_of(draft, cast.chair).ref])
    secretary = signed_in(client, cast.secretary)
    given = {"signed_date": TODAY.isoformat(), "number": first_groups(draft), "holder": "else"}

    unnamed = secretary.post(address, {**given, "scan": page_of_paper()})
    assert "Write who signed." in unnamed.content.decode()

    secretary.post(address, {**given, "signatory": "Vilde Vara", "scan": page_of_paper()})
    signature = Signature.objects.get()
    assert (signature.person, signature.who) == (None, "Vilde Vara")


def test_nobody_is_said_to_have_signed_on_a_day_without_the_office(cast: Any) -> None:
    draft = to_be_signed(cast)
    cast.chair.appointment.delete()
    with pytest.raises(Refused, match="somebody else held the office"):
        recorded(cast, party_of(draft, cast.chair), first_groups(draft), holder=cast.chair.person)


@pytest.mark.parametrize("written", ["A. Berg", "Berg, Anna", "anna berg", "Anna M. Berg", "Berg"])
def test_a_name_is_known_however_it_is_written(written: str) -> None:
    assert is_named("Anna Berg", written)


@pytest.mark.parametrize("written", ["Per Berg", "Anna Dal", "B. Anna", ""])
def test_another_name_is_another_person(written: str) -> None:
    assert not is_named("Anna Berg", written)


@pytest.mark.parametrize("how", ["S. {last}", "{last}, {first}", "{first} X. {last}", "Fr. {last}"])
def test_a_withheld_name_stands_nowhere_however_the_secretary_wrote_it(
    cast: Any, client: Any, how: str
) -> None:
    chief = cast.station_chief
    Person.objects.filter(pk=chief.person.pk).update(name_withheld=True)
    first, last = chief.name.split()[0], chief.name.split()[-1]
    draft = to_be_signed(cast)
    written = how.format(first=first, last=last)
    recorded(cast, party_of(draft, chief), first_groups(draft), signatory=written)
    draft.refresh_from_db()

    reader = signed_in(client, cast.chair)
    page = reader.get(draft.get_absolute_url()).content.decode()
    history = reader.get(reverse("agreements:history", args=[draft.ref])).content.decode()

    for told in (page, history, str(draft_paper(draft))):
        assert last not in told
    assert checked(draft).holds
