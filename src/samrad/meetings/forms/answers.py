"""Saying who comes to a meeting instead of oneself."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samrad.documents.forms import GuardedForm
from samrad.ui.fields import TextLine


class StandInForm(GuardedForm):
    """A name is enough; the stand-in needs no account."""

    stand_in = TextLine(
        label=_("Who comes instead"),
        max_length=200,
        required=False,
        help_text=_(
            "Somebody from the organisation you come for: name, and what they do there. Leave it "
            "empty if nobody comes."
        ),
    )
