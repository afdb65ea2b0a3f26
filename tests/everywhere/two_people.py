"""Every form that changes what is there, and how two people come to write in it at once."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.forms import BaseForm

from samrad.agreements.forms.commitments import CommitmentForm
from samrad.agreements.forms.life import WriteForm
from samrad.agreements.forms.templates import WriteTemplateForm
from samrad.cooperation.forms import ChangeSeatForm, CouncilForm, FocusAreasForm
from samrad.cooperation.forms.bodies import ReportForm, StandsForm, TermsForm
from samrad.cooperation.forms.contacts import ContactPointForm, RepresentationForm
from samrad.followup.forms.changes import DeadlineForm
from samrad.gatherings.forms import OutcomeForm, ThemeDayForm, WorkshopForm
from samrad.meetings.forms.agenda import ItemForm
from samrad.meetings.forms.papers import PaperForm
from samrad.meetings.forms.planning import MoveForm
from samrad.people.forms.organisations import OrganisationForm
from samrad.people.forms.people import DetailsForm
from samrad.picture.forms import AgreedForm, FindingForm
from samrad.wheel.forms import ActivityForm

ME = "secr"


@dataclass(frozen=True)
class Together:
    """A form on a page about something: a field both change, and one that only the other does."""

    form: type[BaseForm]
    page: str
    about: str
    both: str
    mine: str
    theirs: str
    only_theirs: tuple[str, str] | None = None
    shown_on: str = ""
    needed: dict[str, str] = field(default_factory=dict)
    other: str = "chair"

    def __str__(self) -> str:
        return self.page


MINE, THEIRS = "Det jeg skrev", "Det de andre skrev"

TOGETHER = [
    Together(WriteForm, "agreements:write", "commented_draft", "title", MINE, THEIRS,
             ("clause_purpose", "Trygt sammen")),
    Together(WriteTemplateForm, "agreements:write_template", "unpublished_template",
             "text_purpose", MINE, THEIRS, ("heading_services", "Tenestene våre"), other=ME),
    Together(ItemForm, "meetings:item", "open_item", "title", MINE, THEIRS,
             ("duration_minutes", "25")),
    Together(PaperForm, "meetings:change_paper", "planned_paper", "title", MINE, THEIRS,
             ("classification", "internal")),
    Together(MoveForm, "meetings:move", "planned", "place", MINE, THEIRS, ("starts", "12:30")),
    Together(ThemeDayForm, "gatherings:change", "open_day", "title", MINE, THEIRS,
             ("place", "Gamle kino")),
    Together(WorkshopForm, "gatherings:workshop", "open_workshop", "title", MINE, THEIRS,
             ("led_by", "Skolen")),
    Together(FindingForm, "picture:finding", "finding", "what", MINE, THEIRS,
             ("origin_name", "Ungdata")),
    Together(AgreedForm, "picture:agreed", "agreed", "text", MINE, THEIRS),
    Together(OutcomeForm, "gatherings:outcome", "held_workshop", "outcome", MINE, THEIRS),
    Together(CouncilForm, "cooperation:edit_council", "council", "purpose", MINE, THEIRS,
             ("meetings_per_year", "5")),
    Together(FocusAreasForm, "cooperation:focus_areas", "council", "titles", MINE, THEIRS),
    Together(ChangeSeatForm, "cooperation:seat", "seat", "theme", MINE, THEIRS),
    Together(TermsForm, "cooperation:adopt_terms", "council", "text", MINE, THEIRS),
    Together(ReportForm, "cooperation:deliver", "group", "text", MINE, THEIRS,
             ("advice", "Fortsett til våren"), other=ME),
    Together(StandsForm, "cooperation:reconsider", "considered", "reason", MINE, THEIRS,
             needed={"review_date": "2027-06-01"}),
    Together(ContactPointForm, "cooperation:contact", "contact_point", "note", MINE, THEIRS,
             ("role", "prevention_section_leader"), other=ME),
    Together(RepresentationForm, "cooperation:change_representation", "representation", "forum",
             MINE, THEIRS, ("to_date", "2027-12-31")),
    Together(CommitmentForm, "agreements:commitment", "promise", "title", MINE, THEIRS),
    Together(ActivityForm, "wheel:change", "activity", "title", MINE, THEIRS,
             ("text", "Om ungdommen")),
    Together(DeadlineForm, "followup:deadline", "task", "deadline-deadline", "2027-03-01",
             "2027-04-01", needed={"deadline-reason": "Det tar lengre tid"},
             shown_on="followup:task"),
    Together(DetailsForm, "people:details", "member", "name", "Pia Påfunnet", "Pia Funnet",
             ("email", "pia.ny@example.org"), other="admin"),
    Together(OrganisationForm, "people:change_organisation", "station", "name", "Politiet i Ås",
             "Ås politi", ("short_name", "Ås"), other="admin"),
]  # fmt: skip
