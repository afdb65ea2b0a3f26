"""C1: an area adapts the country's template; a changed one rewrites nothing that was signed."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from samrad.access.vocabulary import Role
from samrad.agreements import as_written
from samrad.agreements.actions.drafts import start_draft
from samrad.agreements.actions.templates import (
    OwnClause,
    begin_template,
    drop_template,
    publish_template,
    take_over,
    write_template,
)
from samrad.agreements.models import Draft, Signature, TemplateVersion
from samrad.agreements.queries.areas import (
    OWN,
    changes_in,
    nearest_template,
    newer_for,
    offered_to,
)
from samrad.agreements.queries.checking import checked
from samrad.agreements.queries.versions import Became
from samrad.agreements.rules import Taken
from samrad.followup.attention import waiting_for
from samrad.kernel.clock import held_at
from samrad.kernel.meanwhile import SavedMeanwhile, mark_of_all
from samrad.kernel.verdict import Refused
from samrad.people.models import ExplicitGrant
from samrad.reading.templates import agreement_template
from tests.agreements.bricks import (
    AT,
    begun,
    in_force,
    own_template,
    signs,
    to_be_signed,
    written,
)
from tests.cast import NOON, TODAY, signed_in

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12
NEW = "Vi forebygger sammen, og vi begynner tidlig."


@pytest.fixture(autouse=True)
def noon() -> Any:
    with held_at(NOON):
        yield


@pytest.fixture
def district_coordinator(cast: Any) -> Any:
    """An officer of the district who coordinates all of it."""
    who = cast.analyst
    ExplicitGrant.objects.create(
        person=who.person, role=Role.COORDINATOR, area=cast.no.district, from_date=TODAY
    )
    return who


# The template ------------------------------------------------------------------------------------


def test_the_first_version_is_the_countrys_word_for_word(
    cast: Any, district_coordinator: Any
) -> None:
    made = begin_template(
        area=cast.no.district, kind="general", language="nn", by=district_coordinator.actor, **AT
    )

    country = agreement_template("no")
    assert [(one.key, one.heading, one.text, one.guidance) for one in made.clauses.all()] == [
        (one.key, one.title.nn, one.text.nn, one.guidance.nn) for one in country.clauses
    ]
    assert (made.number, made.national_version) == (1, country.version)
    assert changes_in(made) == (None, []) or all(
        one.became == Became.SAME for one in changes_in(made)[1]
    )


def test_the_secretary_of_one_municipality_makes_no_template_of_the_district(cast: Any) -> None:
    with pytest.raises(Refused, match="coordinate this area"):
        begin_template(
            area=cast.no.district, kind="general", language="nb", by=cast.secretary.actor, **AT
        )


def test_whoever_keeps_the_council_of_a_whole_district_makes_its_template(cast: Any) -> None:
    dk = cast.dk
    made = begin_template(
        area=dk.kredsraad.area, kind="general", language="da", by=dk.secretary.actor, **AT
    )
    assert made.area == dk.kredsraad.area


def test_what_the_country_requires_stays_and_a_clause_of_ones_own_comes_on_top(
    cast: Any,
) -> None:
    by = cast.secretary.actor
    made = begin_template(area=cast.no.home, kind="general", language="nb", by=by, **AT)
    country = agreement_template("no")
    must = next(one.key for one in country.clauses if one.strength == "must")
    may = next((one.key for one in country.clauses if one.strength != "must"), None)

    write_template(
        template=made, given={"text_purpose": NEW},
        without=frozenset(key for key in (must, may) if key),
        adding=OwnClause("Personvern", "Vi deler [hva].", "Si hvem som svarer.", True),
        by=by, **AT,
    )  # fmt: skip

    keys = list(made.clauses.values_list("key", flat=True))
    assert must in keys
    assert may not in keys
    own = made.clauses.get(key="own_1")
    assert (own.heading, own.is_required, keys[-1]) == ("Personvern", True, "own_1")
    assert made.clauses.get(key="purpose").text == NEW


def test_a_key_that_stood_for_one_clause_never_stands_for_another(cast: Any) -> None:
    by = cast.secretary.actor
    first = begin_template(area=cast.no.home, kind="general", language="nb", by=by, **AT)
    write_template(
        template=first, given={}, adding=OwnClause("Personvern", "Vi deler."), by=by, **AT
    )
    publish_template(template=first, note="Først", by=by, **AT)
    draft = begun(cast)
    second = begin_template(area=cast.no.home, kind="general", language="nb", by=by, **AT)
    write_template(
        template=second, given={}, without=frozenset({"own_1"}),
        adding=OwnClause("Droner", "Vi flyr."), by=by, **AT,
    )  # fmt: skip
    publish_template(template=second, note="Så", by=by, **AT)

    became = {one.change.heading: one.change.became for one in offered_to(draft, second)}

    assert became == {"Personvern": Became.GONE, "Droner": Became.NEW}


def test_what_is_published_stays_and_is_changed_in_a_next_version(cast: Any) -> None:
    by = cast.secretary.actor
    first = own_template(cast.no.home)
    with pytest.raises(Refused, match="stays as it is"):
        write_template(template=first, given={"text_purpose": NEW}, by=by, **AT)
    with pytest.raises(Refused, match="stays as it is"):
        drop_template(template=first, by=by, **AT)

    second = begin_template(area=cast.no.home, kind="general", language="nb", by=by, **AT)
    again = begin_template(area=cast.no.home, kind="general", language="nb", by=by, **AT)

    assert (second.number, again) == (2, second)
    drop_template(template=second, by=by, **AT)
    assert TemplateVersion.objects.get() == first


def test_two_who_write_the_template_at_once_lose_nothing(cast: Any) -> None:
    by = cast.secretary.actor
    made = begin_template(area=cast.no.home, kind="general", language="nb", by=by, **AT)
    seen = mark_of_all(as_written.of_template(made))
    write_template(template=made, given={"text_purpose": NEW}, seen=seen, by=by, **AT)
    with pytest.raises(SavedMeanwhile):
        write_template(template=made, given={"text_purpose": "Mitt"}, seen=seen, by=by, **AT)


# What a council begins from ----------------------------------------------------------------------


def test_a_draft_begins_from_the_nearest_published_template_in_its_language(cast: Any) -> None:
    own_template(cast.no.district, {"purpose": "Distriktets ord."})
    assert begun(cast).clauses.get(key="purpose").text == "Distriktets ord."

    nearest = own_template(cast.no.home, {"purpose": NEW})
    draft = begun(cast)
    assert draft.clauses.get(key="purpose").text == NEW
    assert draft.template == nearest

    other = start_draft(council=cast.council, language="nn", by=cast.secretary.actor, **AT)
    assert other.template is None
    assert nearest_template(cast.council, "theme", "nb") is None


def test_what_is_not_published_is_begun_from_by_nobody(cast: Any) -> None:
    by = cast.secretary.actor
    made = begin_template(area=cast.no.home, kind="general", language="nb", by=by, **AT)
    write_template(template=made, given={"text_purpose": NEW}, by=by, **AT)
    assert begun(cast).template is None


def test_another_district_begins_from_nothing_of_ours(cast: Any) -> None:
    own_template(cast.no.other_district, {"purpose": NEW})
    assert begun(cast).template is None


def test_the_guidance_of_the_area_stands_beside_the_clause(cast: Any, client: Any) -> None:
    by = cast.secretary.actor
    made = begin_template(area=cast.no.home, kind="general", language="nb", by=by, **AT)
    write_template(
        template=made, given={"guidance_purpose": "Skriv det slik vi snakker i Øst."}, by=by, **AT
    )
    publish_template(template=made, note="Veiledning", by=by, **AT)
    draft = begun(cast)
    page = signed_in(client, cast.secretary).get(reverse("agreements:write", args=[draft.ref]))
    assert "Skriv det slik vi snakker i Øst." in page.text


# A changed template ------------------------------------------------------------------------------


def behind(cast: Any, draft_of: Any = begun) -> tuple[Draft, TemplateVersion]:
    """A draft from the first version, and the second one."""
    own_template(cast.no.home)
    draft = draft_of(cast)
    return draft, own_template(cast.no.home, {"purpose": NEW, "services": "Døgnåpent."})


def test_a_draft_is_shown_what_changed_and_takes_over_what_its_writer_chooses(
    cast: Any, client: Any
) -> None:
    draft, newest = behind(cast)
    draft.clauses.filter(key="services").update(text="Vårt eget tilbud.")
    draft = Draft.objects.get(pk=draft.pk)
    url = reverse("agreements:newer_template", args=[draft.ref])
    secretary = signed_in(client, cast.secretary)
    assert url in secretary.get(draft.get_absolute_url()).text

    page = secretary.get(url)
    assert [(one.key, one.stands) for one, _field in page.context["offered"]] == [
        ("purpose", "alike"), ("services", OWN),
    ]  # fmt: skip
    given = {
        "seen": page.context["form"].initial["seen"],
        "take_purpose": "taken",
        "take_services": "below",
    }
    assert secretary.post(url, given).status_code == 302

    draft = Draft.objects.get(pk=draft.pk)
    assert draft.template == newest
    assert draft.clauses.get(key="purpose").text == NEW
    assert draft.clauses.get(key="services").text == "Vårt eget tilbud.\n\nDøgnåpent."
    assert newer_for(draft) is None
    assert url not in secretary.get(draft.get_absolute_url()).text


def renamed(cast: Any) -> TemplateVersion:
    """The next version of the area's template, in which one clause is only called otherwise."""
    by = cast.secretary.actor
    made = begin_template(area=cast.no.home, kind="general", language="nb", by=by, **AT)
    write_template(template=made, given={"heading_purpose": "Hvorfor vi gjør dette"}, by=by, **AT)
    publish_template(template=made, note="Klarere", by=by, **AT)
    return made


def test_another_heading_is_a_change_and_is_taken_over_with_the_text_left(
    cast: Any, client: Any
) -> None:
    own_template(cast.no.home)
    draft, left = written(cast, clause_purpose="Våre egne ord."), written(cast)
    newer = renamed(cast)
    address = reverse("agreements:newer_template", args=[draft.ref])
    page = signed_in(client, cast.secretary).get(address).content.decode()
    assert "It was called" in page
    assert "No text is changed" not in page
    assert "Take the new heading" in page

    by = cast.secretary.actor
    take_over(draft=draft, template=newer, chosen={"purpose": Taken.TAKEN}, by=by, **AT)
    take_over(draft=left, template=newer, chosen={"purpose": Taken.LEFT}, by=by, **AT)

    clause = draft.clauses.get(key="purpose")
    assert (clause.heading, clause.text) == ("Hvorfor vi gjør dette", "Våre egne ord.")
    assert left.clauses.get(key="purpose").heading != "Hvorfor vi gjør dette"


def test_a_new_wording_comes_with_its_heading(cast: Any) -> None:
    own_template(cast.no.home)
    draft, by = begun(cast), cast.secretary.actor
    newer = begin_template(area=cast.no.home, kind="general", language="nb", by=by, **AT)
    given = {"heading_purpose": "Hvorfor", "text_purpose": NEW}
    write_template(template=newer, given=given, by=by, **AT)
    publish_template(template=newer, note="Nytt", by=by, **AT)
    take_over(draft=draft, template=newer, chosen={"purpose": Taken.TAKEN}, by=by, **AT)
    clause = draft.clauses.get(key="purpose")
    assert (clause.heading, clause.text) == ("Hvorfor", NEW)


def test_what_is_left_is_not_asked_about_again(cast: Any) -> None:
    draft, newest = behind(cast)
    before = draft.sha256()
    left = {one.key: Taken.LEFT for one in offered_to(draft, newest)}
    take_over(draft=draft, template=newest, chosen=left, by=cast.secretary.actor, **AT)
    draft = Draft.objects.get(pk=draft.pk)
    assert draft.sha256() == before
    assert newer_for(draft) is None


def test_whoever_writes_a_draft_finds_the_change_at_home_until_it_is_settled(cast: Any) -> None:
    draft, newest = behind(cast)

    def told(who: Any) -> list[str]:
        return [one.url for one in waiting_for(who.actor, TODAY)]

    url = reverse("agreements:newer_template", args=[draft.ref])
    assert url in told(cast.secretary)
    assert url not in told(cast.police_member)
    assert url not in told(cast.stranger)

    take_over(draft=draft, template=newest, chosen={}, by=cast.secretary.actor, **AT)
    assert url not in told(cast.secretary)


def test_a_new_clause_stands_where_the_template_has_it_and_a_gone_one_is_emptied(
    cast: Any,
) -> None:
    by = cast.secretary.actor
    own_template(cast.no.home)
    draft = begun(cast)
    made = begin_template(area=cast.no.home, kind="general", language="nb", by=by, **AT)
    write_template(
        template=made, given={}, adding=OwnClause("Personvern", "Vi deler lite."), by=by, **AT
    )
    publish_template(template=made, note="Personvern", by=by, **AT)
    made.refresh_from_db()

    take_over(draft=draft, template=made, chosen={"own_1": Taken.TAKEN}, by=by, **AT)

    assert [one.key for one in Draft.objects.get(pk=draft.pk).clauses.all()] == [
        one.key for one in made.clauses.all()
    ]


def test_members_read_what_changed_and_only_writers_choose(cast: Any, client: Any) -> None:
    draft, _newest = behind(cast)
    Draft.objects.filter(pk=draft.pk).update(shown_at=NOON)
    url = reverse("agreements:newer_template", args=[draft.ref])
    member = signed_in(client, cast.police_member)
    page = member.get(url)
    assert page.status_code == 200
    assert NEW.split(maxsplit=1)[0] in page.text
    assert 'name="take_purpose"' not in page.text
    assert member.post(url, {"take_purpose": "taken"}).status_code == 403
    assert signed_in(client, cast.stranger).get(url).status_code == 404


def test_what_has_been_signed_is_changed_only_knowingly_and_the_signatures_fall(
    cast: Any, client: Any
) -> None:
    draft, newest = behind(cast, to_be_signed)
    signs(draft, cast.chair)
    chosen = {"purpose": Taken.TAKEN}
    with pytest.raises(Refused, match="signed"):
        take_over(draft=draft, template=newest, chosen=chosen, by=cast.secretary.actor, **AT)
    assert Signature.objects.filter(voided_at=None).count() == 1

    url = reverse("agreements:newer_template", args=[draft.ref])
    secretary = signed_in(client, cast.secretary)
    page = secretary.get(url)
    given = {one: "left" for one in page.context["form"].fields if one.startswith("take_")}
    given |= {"seen": page.context["form"].initial["seen"], "take_purpose": "taken"}
    assert secretary.post(url, given).status_code == 422
    assert secretary.post(url, given | {"voids": "on"}).status_code == 302
    assert not Signature.objects.filter(voided_at=None).exists()


def test_an_agreement_in_force_is_shown_the_change_and_never_rewritten(
    cast: Any, client: Any
) -> None:
    draft, newest = behind(cast, in_force)
    made = draft.agreement
    assert made is not None
    before, text = draft.sha256(), list(made.clauses.values_list("heading", "text", "origin"))
    url = reverse("agreements:template_since", args=[made.ref])
    secretary = signed_in(client, cast.secretary)
    assert url in secretary.get(made.get_absolute_url()).text
    page = secretary.get(url)
    assert "stays as it is" in page.text
    assert secretary.post(url, {"take_purpose": "taken"}).status_code == 405
    with pytest.raises(Refused):
        take_over(
            draft=draft, template=newest, chosen={"purpose": Taken.TAKEN},
            by=cast.secretary.actor, **AT,
        )  # fmt: skip
    draft = Draft.objects.get(pk=draft.pk)
    assert draft.sha256() == before
    assert list(made.clauses.values_list("heading", "text", "origin")) == text
    assert checked(draft).holds

    revising = begun(cast, revises=made)
    assert newer_for(revising) == newest


def test_the_first_template_of_an_area_is_told_at_home_to_whoever_began_before(cast: Any) -> None:
    draft = begun(cast)
    assert "has changed" not in told_at_home(cast)
    own_template(cast.no.district, {"purpose": NEW})
    assert f"The template of “{draft.title}” has changed" in told_at_home(cast)


def told_at_home(cast: Any) -> str:
    return " ".join(one.title for one in waiting_for(cast.secretary.actor, TODAY))


def test_an_area_that_makes_its_first_template_is_shown_to_those_who_began_before(
    cast: Any,
) -> None:
    draft = written(cast)
    first = own_template(cast.no.home, {"purpose": NEW})
    assert newer_for(draft) == first
    assert [one.key for one in offered_to(draft, first)] == ["purpose"]


def test_the_pages_lead_from_the_register_to_a_published_template(cast: Any, client: Any) -> None:
    secretary = signed_in(client, cast.secretary)
    assert reverse("agreements:templates") in secretary.get(reverse("agreements:register")).text
    begin = reverse("agreements:begin_template")
    assert begin in secretary.get(reverse("agreements:templates")).text
    area = str(cast.no.home.ref)
    went = secretary.post(begin, {"area": area, "kind": "general", "language": "nb"})
    write = went.headers["Location"]
    page = secretary.get(write)
    given = {name: page.context["form"][name].value() or "" for name in page.context["form"].fields}
    given = {name: text for name, text in given.items() if text is not False}
    given |= {"text_purpose": NEW, "new_guidance": "Uten overskrift"}
    assert secretary.post(write, given).status_code == 422
    assert secretary.post(write, given | {"new_heading": "Personvern"}).status_code == 302
    made = TemplateVersion.objects.get()
    publish = reverse("agreements:publish_template", args=[made.ref])
    assert secretary.post(publish, {"note": ""}).status_code == 422
    assert secretary.post(publish, {"note": "Vår egen"}).status_code == 302
    seen = signed_in(client, cast.police_member)
    assert made.get_absolute_url() in seen.get(reverse("agreements:templates")).text
    assert NEW in seen.get(made.get_absolute_url()).text
    start = signed_in(client, cast.secretary).get(
        reverse("agreements:start", args=[cast.council.ref])
    )
    assert f"The template of {cast.no.home.name}" in start.text


def test_no_page_of_templates_asks_more_the_more_there_is(
    cast: Any, client: Any, django_assert_max_num_queries: Any
) -> None:
    draft, newest = behind(cast)
    signed = in_force(cast)
    for number in range(6):
        own_template(cast.no.home, {"purpose": f"Ord nummer {number}."})
    made = signed.agreement
    assert made is not None
    written = begin_template(
        area=cast.no.home, kind="general", language="nb", by=cast.secretary.actor, **AT
    )
    secretary = signed_in(client, cast.secretary)
    for page in (
        reverse("agreements:templates"), reverse("agreements:begin_template"),
        newest.get_absolute_url(), reverse("agreements:write_template", args=[written.ref]),
        reverse("agreements:publish_template", args=[written.ref]),
        reverse("agreements:newer_template", args=[draft.ref]),
        reverse("agreements:template_since", args=[made.ref]),
        reverse("agreements:start", args=[cast.council.ref]), draft.get_absolute_url(),
        made.get_absolute_url(), reverse("agreements:register"),
    ):  # fmt: skip
        secretary.get(page)
        with django_assert_max_num_queries(MOST_QUERIES, info=page):
            assert secretary.get(page).status_code == 200
