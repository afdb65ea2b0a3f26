"""Who reads: somebody signed in, or anybody. The pages say which, and what is held back and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.http.response import HttpResponseBase

from samrad.knowledge.models import DataSet

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Sight:
    """How a page of figures is seen."""

    is_public: bool  # the reader is not signed in
    is_published: bool  # anybody may see the data set, small numbers held back
    smallest: int

    @classmethod
    def of(cls, data_set: DataSet, *, is_public: bool) -> Sight:
        """How a data set is seen."""
        return cls(is_public, data_set.published_at is not None, data_set.smallest_shown)


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
