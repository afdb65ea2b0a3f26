"""Forms of a draft that is out for comments: until when, what is said, what came of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from samrad.agreements import as_written, events
from samrad.agreements.forms.life import rows_for
from samrad.agreements.models import DraftClause
from samrad.agreements.rules import Outcome
from samrad.documents.forms import GuardedForm
from samrad.kernel.clock import today
from samrad.ui.changing import ChangingForm
from samrad.ui.fields import TextLines
from samrad.ui.forms import DayField


class OpenCommentsForm(GuardedForm):
    """Until when the council's members are heard."""

    until = DayField(label=gettext_lazy("Comments until"))

    def clean_until(self) -> Any:
        """A day to come."""
        day = self.cleaned_data["until"]
        if day < today():
            raise forms.ValidationError(_("This day has passed."))
        return day


class CommentForm(GuardedForm):
    """What somebody says of a clause."""

    text = TextLines(
        label=gettext_lazy("Your comment"),
        max_length=4000,
        rows=5,
        help_text=gettext_lazy("Say what you would change, and to what."),
    )


class AnswerForm(ChangingForm, GuardedForm):
    """What the writer makes of a comment, and of the clause, which stands there to be changed."""

    saved_by = (events.DRAFT_WRITTEN,)

    outcome = forms.ChoiceField(
        label=gettext_lazy("What came of it"),
        widget=forms.RadioSelect,
        choices=[
            (Outcome.TAKEN, pgettext_lazy("comment", "Followed: the text says it now")),
            (Outcome.LEFT, pgettext_lazy("comment", "Not followed: the text stands")),
        ],
    )
    text = TextLines(label="", required=False, max_length=40000)
    answer = TextLines(
        label=gettext_lazy("Answer"),
        required=False,
        max_length=4000,
        rows=4,
        help_text=gettext_lazy("If the text stands, say why."),
    )

    def __init__(self, *args: Any, clause: DraftClause, **options: Any) -> None:
        super().__init__(
            *args, there=as_written.of_clause(clause), about=clause.draft,
            council=clause.draft.council_id, **options,
        )  # fmt: skip
        field = self.fields["text"]
        field.label = _("The text of “%(heading)s”") % {"heading": clause.heading}
        field.is_one_of_many = True  # type: ignore[attr-defined]
        field.widget.attrs["rows"] = rows_for(clause.text)

    def clean_text(self) -> str:
        """As it stands, where the page that was sent did not ask for it."""
        sent = self.add_prefix("text") in self.data
        text: str = self.cleaned_data["text"] if sent else self.there["text"]
        return text

    def clean(self) -> dict[str, Any]:
        """Whoever is not followed hears why, and the text stands as it is."""
        given: dict[str, Any] = super().clean() or {}
        is_changed = given.get("text", self.there["text"]) != self.there["text"]
        if given.get("outcome") == Outcome.LEFT and is_changed and "text" not in self.errors:
            self.add_error(
                "text", _("You have changed the text. Say that the comment is followed.")
            )
        is_silent = given.get("outcome") == Outcome.LEFT and not given.get("answer")
        if is_silent and "answer" not in self.errors:
            self.add_error("answer", _("Say why the text stands."))
        return given
