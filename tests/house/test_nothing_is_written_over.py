"""Every form that changes what is there compares it with what its writer saw. No silent exception.

A new form stands in one of these lists, or it is a `ChangingForm` and stands among those that two
people try at once.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import get_resolver

from samrad.ui.changing import ChangingForm
from tests.everywhere.two_people import TOGETHER
from tests.house.sources import SOURCES, nodes_of
from tests.house.test_texts_are_guarded import every_form, name_of

pytestmark = pytest.mark.once

# What the other forms do, and why nothing is written over by them unseen.
MADE_OF = "forms are made from it; no page shows it alone"
LOOKS = "it only looks: nothing is changed"
ADDS = "it adds something: what is there stays beside it"
ACTS = "an act that starts empty: it is told with its reason, and a state allows it or does not"
ONES_OWN = "only the person themselves changes it"
BY_PART = "each part is compared by itself and shown beside the other (docs/adr/0008, 0016)"

OTHERWISE = {
    "agreements.forms.comments.AnswerForm": "compared as well; tried in test_before_one_signs",
    "agreements.forms.comments.CommentForm": ADDS,
    "agreements.forms.life.EndAgreementForm": ACTS,
    "agreements.forms.evaluation.EvaluationForm": ADDS,
    "agreements.forms.life.NotYetForm": ACTS,
    "agreements.forms.comments.OpenCommentsForm": ACTS,
    "agreements.forms.paper.PaperSignatureForm": ADDS,
    "agreements.forms.life.PartiesForm": "compared as well; tried in tests/agreements/test_pages",
    "agreements.forms.life.ReasonForm": ACTS,
    "agreements.forms.life.StartForm": ADDS,
    "agreements.forms.life.VoidingForm": MADE_OF,
    "agreements.forms.templates.BeginTemplateForm": ADDS,
    "agreements.forms.templates.PublishTemplateForm": ACTS,
    "agreements.forms.templates.TakeOverForm": "compared as well; tried in test_templates_of_areas",
    "areas.forms.FindArea": LOOKS,
    "knowledge.arrival_forms.HandInForm": ADDS,
    "knowledge.arrival_forms.AnswerForm": ACTS,
    "knowledge.arrival_forms.AnswerWithFileForm": ACTS,
    "knowledge.own_recipe_forms.ColumnsForm": ONES_OWN,
    "knowledge.own_recipe_forms.MeaningForm": "versions are compared; tried in test_own_recipes",
    "knowledge.forms.FindIndicator": LOOKS,
    "knowledge.before_after.ChoosePeriod": LOOKS,
    "knowledge.forms.ChooseIndicator": LOOKS,
    "knowledge.forms.FindPicture": LOOKS,
    "knowledge.forms.MarkAddress": ACTS,
    "cooperation.forms.bodies.BelowForm": ADDS,
    "cooperation.forms.bodies.ConsiderForm": ADDS,
    "cooperation.forms.bodies.DropForm": ACTS,
    "cooperation.forms.bodies.EndForm": ACTS,
    "cooperation.forms.contacts.NoteForm": ADDS,
    "cooperation.forms.councils.NewCouncilForm": ADDS,
    "cooperation.forms.councils.SeatForm": ADDS,
    "cooperation.reading_forms.ConfirmForm": ADDS,
    "cooperation.reading_forms.ConfirmSeatForm": ADDS,
    "cooperation.reading_forms.HandOverForm": ADDS,
    "documents.forms.GuardedForm": MADE_OF,
    "documents.uploads.UploadForm": MADE_OF,
    "followup.forms.changes.PassOnForm": ACTS,
    "followup.forms.changes.ProgressForm": ADDS,
    "followup.forms.later.AskLaterForm": ADDS,
    "followup.forms.later.DeclineLaterForm": ACTS,
    "followup.forms.police.AskPoliceForm": ADDS,
    "followup.forms.police.HandToPoliceForm": ACTS,
    "followup.forms.police.PoliceAnswerForm": ACTS,
    "agreements.forms.register.RegisterFilter": LOOKS,
    "agreements.forms.commitments.StopForm": ACTS,
    "agreements.forms.commitments.TakeOutForm": ACTS,
    "agreements.forms.commitments.SettleForm": ACTS,
    "agreements.forms.life.TakeInForm": ADDS,
    "followup.forms.register.RegisterFilter": LOOKS,
    "followup.forms.reports.CloseForm": ACTS,
    "followup.forms.reports.ReportForm": ACTS,
    "gatherings.forms.CancelForm": ACTS,
    "gatherings.forms.GiveForm": ADDS,
    "gatherings.forms.NominationForm": ADDS,
    "gatherings.forms.ProposeForm": ADDS,
    "picture.order_forms.AnswerForm": ADDS,
    "picture.order_forms.DeclineOrderForm": ACTS,
    "picture.order_forms.OrderForm": ADDS,
    "picture.order_forms.UseForm": ACTS,
    "meetings.forms.agenda.ClassifiedForm": MADE_OF,
    "meetings.forms.agenda.CommentForm": ACTS,
    "meetings.forms.agenda.DeclineForm": ACTS,
    "meetings.forms.agenda.GuestsForm": "part of sending: the page names all whom it reaches",
    "meetings.forms.agenda.MergeForm": ACTS,
    "meetings.forms.agenda.PlaceForm": ACTS,
    "meetings.forms.agenda.ProposalForm": ADDS,
    "meetings.forms.answers.StandInForm": ONES_OWN,
    "meetings.forms.corrections.CorrectForm": ADDS,
    "meetings.forms.corrections.WriteCorrectionForm": BY_PART,
    "meetings.forms.papers.PapersForm": ADDS,
    "meetings.forms.papers.ReadersForm": MADE_OF,
    "meetings.forms.papers.ReplaceForm": "the earlier version of the file stays",
    "meetings.forms.papers.WithdrawForm": ACTS,
    "meetings.forms.planning.CancelForm": ACTS,
    "meetings.forms.planning.ExtraForm": ADDS,
    "meetings.forms.planning.PlannedForm": ADDS,
    "meetings.forms.planning.TogetherForm": LOOKS,
    "meetings.forms.planning.TogetherRow": ADDS,
    "meetings.forms.planning.YearForm": LOOKS,
    "meetings.forms.readings.ConfirmMinutesForm": ADDS,
    "meetings.forms.readings.HandOverMinutesForm": ADDS,
    "meetings.forms.texts.Texts": BY_PART,
    "people.forms.organisations.GrantForm": ADDS,
    "people.forms.organisations.GrantInAreaForm": ADDS,
    "people.forms.organisations.NewOrganisationForm": ADDS,
    "people.forms.people.AbsenceForm": ADDS,
    "people.forms.people.ChainForm": ACTS,
    "people.forms.people.FollowForm": ACTS,
    "people.forms.people.LastDayForm": ACTS,
    "people.forms.people.MailForm": ONES_OWN,
    "people.forms.people.NewPersonForm": ADDS,
    "people.forms.people.OwnDetailsForm": ONES_OWN,
    "people.forms.people.RoleForm": ADDS,
    "people.forms.people.WithholdForm": ACTS,
    "search.forms.SearchForm": LOOKS,
    "site.style_samples.FilterSample": LOOKS,
    "site.style_samples.MeetingSample": LOOKS,
    "wheel.forms.DoneForm": ACTS,
    "wheel.forms.EndForm": ACTS,
    "wheel.forms.SkipForm": ACTS,
    "wheel.forms.TakeUpForm": ACTS,
    "wheel.forms.TaskForm": ADDS,
    "wheel.forms.YearsForm": ACTS,
}
SIGNING_IN = "people.forms.sign_in."  # how oneself signs in


def test_every_form_either_compares_or_says_why_it_need_not() -> None:
    forms = {name_of(one) for one in every_form() if not name_of(one).startswith(SIGNING_IN)}
    compared = {name_of(one.form) for one in TOGETHER}

    assert forms - {"ui.changing.ChangingForm"} == compared | set(OTHERWISE)
    assert compared & set(OTHERWISE) == set()


def test_those_that_two_people_try_carry_marks() -> None:
    assert [str(one) for one in TOGETHER if not issubclass(one.form, ChangingForm)] == []


def test_their_views_look_again_when_something_was_saved_in_between() -> None:
    views = {f"{space}:{name}": view for space, name, view in every_view()}

    assert [one.page for one in TOGETHER if not hasattr(views[one.page], "looks_again")] == []


def test_a_form_that_is_made_from_something_hands_on_what_was_seen() -> None:
    """A view that gives a form what is `there` gives its action what was `seen`."""
    careless = [
        f"{path.parent.parent.name}.{path.stem}"
        for path in (*SOURCES.glob("*/views/*.py"), *SOURCES.glob("*/views.py"))
        if "on_what_is_there" in (words := words_of(path)) and "seen" not in words
    ]
    assert careless == []


def every_view() -> Iterator[tuple[str, str, object]]:
    for space, (_prefix, resolver) in get_resolver().namespace_dict.items():
        for pattern in resolver.url_patterns:
            yield space, pattern.name, pattern.callback


def words_of(path: Path) -> set[str]:
    """The names and the keywords of a module."""
    nodes = nodes_of(path)
    named = {node.id for node in nodes if isinstance(node, ast.Name)}
    return named | {node.arg for node in nodes if isinstance(node, ast.keyword) if node.arg}
