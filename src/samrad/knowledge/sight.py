"""Who reads: somebody signed in, or anybody. The pages say which, and what is held back and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from samrad.documents.rules import Classification
from samrad.knowledge.models import DataSet
from samrad.ui.formats import number

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Sight:
    """How a page of figures is seen. `legal_basis`: what it rests on that they are restricted."""

    is_public: bool  # the reader is not signed in
    is_published: bool  # anybody may see the data set, small numbers held back
    smallest: int
    classification: Classification = Classification.OPEN
    legal_basis: str = ""
    below: tuple[tuple[str, int], ...] = ()  # what is held back by more than `smallest`, by name

    @classmethod
    def of(cls, data_set: DataSet, *, is_public: bool, below: Mapping[str, int]) -> Sight:
        """How a data set is seen; `below`: by name of what counts are held back."""
        asked = {name: max(data_set.smallest_shown, smallest) for name, smallest in below.items()}
        least = min(asked.values(), default=data_set.smallest_shown)
        return cls(
            is_public, data_set.published_at is not None, least,
            Classification(data_set.classification), data_set.legal_basis,
            tuple((name, smallest) for name, smallest in asked.items() if smallest > least),
        )  # fmt: skip

    @property
    def stricter(self) -> list[str]:
        """A sentence for each larger number that counts of some kinds are held back below."""
        numbers = sorted({smallest for _name, smallest in self.below})
        return [
            _("Of these, counts below %(smallest)s are held back: %(names)s.")
            % {
                "smallest": number(one),
                "names": ", ".join(name for name, smallest in self.below if smallest == one),
            }
            for one in numbers
        ]

    @property
    def is_restricted(self) -> bool:
        """Whether only the police's side and analysts read them."""
        return self.classification is Classification.RESTRICTED

    @property
    def marking(self) -> str:
        """For whom a page is, in a word or two, with what that rests on."""
        if self.is_restricted:
            return _("Restricted, %(basis)s") % {"basis": self.legal_basis}
        if self.is_public:
            return _("Public")
        return _("Internal view of published figures") if self.is_published else _("Internal")

    @property
    def readers(self) -> str:
        """Who reads the page, in a sentence."""
        if self.is_published:
            return _("Here small numbers are shown. Whoever is not signed in sees them held back.")
        told = {
            Classification.RESTRICTED: _(
                "Only the police's side of councils and analysts read these figures. Hand them to"
                " nobody else, and take nothing of them into papers that others read."
            ),
            Classification.INTERNAL: _(
                "Only permanent members of councils and those above them read these figures. Small"
                " numbers are shown: take care where you tell them."
            ),
            Classification.OPEN: _(
                "Only those who are signed in see these pages, in every country that works here."
                " Small numbers are shown: take care where you tell them."
            ),
        }
        return told[self.classification]


def published_or_signed_in(view: View) -> View:
    """What is not published asks whoever is not signed in to sign in, as every page does."""

    @wraps(view)
    def asked(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.actor.is_anonymous:
            return view(request, *args, **kwargs)
        if not DataSet.objects.visible_to(request.actor).exists():
            return redirect_to_login(request.get_full_path())
        try:
            return view(request, *args, **kwargs)
        except Http404:
            return redirect_to_login(request.get_full_path())

    return asked
