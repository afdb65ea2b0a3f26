"""What the style page shows: a council's autumn, with invented people."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.paginator import Paginator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from samrad.kernel.clock import now
from samrad.site.style_plots import plots
from samrad.ui.forms import ClockInput, DayField, KeptText
from samrad.ui.pieces import Happening, Tab, Tone, steps_to

ZONE = "Europe/Oslo"
CHAIR, SECRETARY, POLICE = "Kari Eksempel", "Ola Prøvesen", "Synne Tenkt"


class MeetingSample(forms.Form):
    """A form with one field of each kind, sent with mistakes."""

    is_an_example = True  # what is wrong with it takes nobody there

    title = forms.CharField(
        label=gettext_lazy("What the item is about"),
        help_text=gettext_lazy("One sentence that those who were not there will understand."),
    )
    day = DayField(label=gettext_lazy("Day"))
    starts = forms.TimeField(label=gettext_lazy("Starts"), widget=ClockInput)
    kind = forms.ChoiceField(
        label=gettext_lazy("What the council should do"),
        choices=[
            ("decide", gettext_lazy("Decide")),
            ("discuss", gettext_lazy("Discuss")),
            ("inform", gettext_lazy("Be informed")),
        ],
        widget=forms.RadioSelect,
    )
    responsible = forms.ChoiceField(
        label=gettext_lazy("Responsible"),
        choices=[("", "–"), ("1", CHAIR), ("2", SECRETARY), ("3", POLICE)],
        required=False,
    )
    text = forms.CharField(
        label=gettext_lazy("Background"),
        required=False,
        widget=KeptText(key="style-sample"),
    )
    paper = forms.FileField(label=gettext_lazy("Paper"), required=False)
    secured = forms.BooleanField(
        label=gettext_lazy("Both parties can bind themselves in this matter"), required=False
    )


class FilterSample(forms.Form):
    """What stands above a list."""

    q = forms.CharField(
        label=gettext_lazy("Search in decisions"),
        required=False,
        widget=forms.TextInput({"type": "search"}),
    )
    state = forms.ChoiceField(
        label=pgettext_lazy("of a decision", "State"),
        required=False,
        choices=[("", gettext_lazy("All")), ("open", gettext_lazy("Open"))],
    )


def everything(page: str | None) -> dict[str, Any]:
    """All that the page shows."""
    today = now().astimezone(ZoneInfo(ZONE)).date()
    return {
        "zone": ZONE,
        "people": {"chair": CHAIR, "secretary": SECRETARY, "police": POLICE},
        "meetings": _meetings(),
        "plots": plots(),
        "decisions": _decisions(today),
        "happenings": _happenings(),
        "steps": steps_to(2, [_("Planned"), _("Agenda sent"), _("Held"), _("Minutes approved")]),
        "tabs": [
            Tab(_("Overview"), "#tabs", is_current=True),
            Tab(_("Meetings"), "#meetings", count=4),
            Tab(_("Decisions"), "#decisions", count=12),
            Tab(_("Agreement"), "#agreement"),
        ],
        "form": MeetingSample({"day": "", "starts": "09:00", "kind": "decide", "text": ""}),
        "filter": FilterSample(),
        "page": Paginator(range(196), 20).get_page(page or 3),
        "tones": [(tone, label) for tone, label in TONES],
        "schemes": [("light", _("Light")), ("dark", _("Dark"))],
        "deadline": today + timedelta(days=3),
        "moment": now(),
    }


TONES = [
    (Tone.NEUTRAL, gettext_lazy("Draft")),
    (Tone.ACCENT, gettext_lazy("Planned")),
    (Tone.INFO, gettext_lazy("Waiting for approval")),
    (Tone.SUCCESS, gettext_lazy("Done")),
    (Tone.WARNING, gettext_lazy("Due soon")),
    (Tone.DANGER, gettext_lazy("Overdue")),
]


def _meetings() -> list[dict[str, Any]]:
    first = now().replace(hour=8, minute=0, second=0, microsecond=0)
    told = [
        (12, _("Winter meeting: what the autumn showed"), Tone.INFO, _("Agenda open")),
        (96, _("Young people and the weekend"), Tone.ACCENT, _("Planned")),
        (-70, _("Safe way to school"), Tone.SUCCESS, _("Minutes approved")),
    ]
    return [
        {
            "title": title,
            "starts_at": first + timedelta(days=days),
            "ends_at": first + timedelta(days=days, hours=2),
            "tone": tone,
            "state": state,
            "is_past": days < 0,
        }
        for days, title, tone, state in told
    ]


def _decisions(today: date) -> list[dict[str, Any]]:
    told = [
        (_("Light the path between the station and the school"), CHAIR, 3, Tone.WARNING),
        (_("Visible police at the skating ground on Fridays"), POLICE, 24, Tone.ACCENT),
        (_("Ask the young people's council what they see"), SECRETARY, -9, Tone.DANGER),
        (_("Agree on who calls whom at weekends"), POLICE, -32, Tone.SUCCESS),
    ]
    words = dict(TONES)
    return [
        {
            "text": text,
            "who": who,
            "due": today + timedelta(days=days),
            "tone": tone,
            "state": words[tone],
        }
        for text, who, days, tone in told
    ]


def _happenings() -> list[Happening]:
    at = now()
    return [
        Happening(_("The chair approved the minutes."), at, CHAIR, Tone.SUCCESS),
        Happening(
            _("The minutes were sent to the members."),
            at - timedelta(days=4, hours=3),
            SECRETARY,
            Tone.NEUTRAL,
            _("Two members asked for a clearer deadline in item 3; it was added."),
        ),
        Happening(
            _("The agenda went out later than agreed."),
            at - timedelta(days=20),
            SECRETARY,
            Tone.WARNING,
        ),
        Happening(_("The meeting was planned."), at - timedelta(days=200), SECRETARY),
    ]
