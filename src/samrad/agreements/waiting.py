"""What agreements put on somebody's home page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from itertools import islice

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    SmallIntegerField,
    Subquery,
    Value,
    When,
)
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from samrad.access.actor import Actor
from samrad.access.vocabulary import Permission
from samrad.agreements.models import ClauseComment, Draft, Party, Signature, TemplateVersion
from samrad.agreements.queries.due import to_be_evaluated, to_be_renewed
from samrad.agreements.queries.heard import writer_keeps
from samrad.agreements.rules import DraftState, Outcome
from samrad.areas.models import AreaCover
from samrad.areas.rules.kinds import WIDEST_FIRST
from samrad.followup.api import Attention, Part, Row
from samrad.profiles.reader import profile
from samrad.ui import formats

ENOUGH = 8
ANSWER, CANNOT = "answer", "cannot"
BEING_MADE = (DraftState.WRITING, DraftState.COMMENTS, DraftState.SIGNING)


def agreements(actor: Actor, on: date) -> Iterable[Part]:
    """Mine to sign, mine to comment on; comments to answer, new templates, what comes back."""
    if actor.person_id is None:
        return
    yield _to_sign(actor)
    inside = actor.councils_where(Permission.INTERNAL_SEE)
    if inside:
        yield _to_comment(actor, inside, on)
    kept = actor.councils_where(Permission.COUNCIL_MANAGE)
    if kept:
        yield _comments_in(kept, actor.person_id, on)
        yield _not_signed(kept)
        yield _behind_their_template(kept, on)
        yield _not_in_force(kept, on)
        yield _renewals(kept, on)
        yield _evaluations(kept, on)


def _to_sign(actor: Actor) -> Part:
    counts = Signature.objects.filter(party=OuterRef("pk"), voided_at=None)
    parties = (
        Party.objects.held_by(actor)
        .filter(draft__state=DraftState.SIGNING)
        .exclude(Exists(counts))
        .distinct()
    )
    columns = {
        "what": F("draft__title"), "ref": F("ref"), "where": F("organisation__name"),
        "moment": F("draft__signing_at"),
    }  # fmt: skip
    return Part(parties, columns, _each(_sign))


def _to_comment(actor: Actor, inside: frozenset[int], on: date) -> Part:
    """Every permanent member is asked, also the chair who keeps the council; not the writer."""
    mine = ClauseComment.objects.filter(clause__draft=OuterRef("pk"), by=actor.person_id)
    drafts = (
        Draft.objects.filter(council__in=inside, state=DraftState.COMMENTS, comments_until__gte=on)
        .exclude(started_by=actor.person_id)
        .exclude(Exists(mine))
    )
    columns = {
        "what": F("title"), "ref": F("ref"), "where": F("council__name"),
        "due": F("comments_until"),
    }  # fmt: skip
    return Part(drafts, columns, _each(_comment))


def _comments_in(kept: frozenset[int], me: int, on: date) -> Part:
    """For those who keep the council; what they said of another's text that other answers, as long
    as they keep it too."""
    waiting = ClauseComment.objects.filter(
        clause__draft__council__in=kept,
        clause__draft__state=DraftState.COMMENTS,
        outcome=Outcome.OPEN,
    ).exclude(~Q(clause__draft__started_by=me), writer_keeps(on, draft="clause__draft__"), by=me)
    drafts = Draft.objects.filter(pk__in=waiting.values("clause__draft"))
    columns = {
        "what": F("title"), "ref": F("ref"), "where": F("council__name"),
        "due": F("comments_until"), "stage": Value(ANSWER),
    }  # fmt: skip
    return Part(drafts, columns, _each(_answer))


def _not_signed(kept: frozenset[int]) -> Part:
    """How many have not signed what they were asked to."""
    counts = Signature.objects.filter(party=OuterRef("pk"), voided_at=None)
    missing = Party.objects.exclude(Exists(counts)).filter(draft=OuterRef("pk")).order_by()
    number = missing.values("draft").annotate(number=Count("pk")).values("number")
    said = missing.exclude(not_yet_at=None)
    cannot = said.filter(Q(draft__changed_at=None) | Q(draft__changed_at__lte=F("not_yet_at")))
    drafts = Draft.objects.filter(council__in=kept, state=DraftState.SIGNING)
    columns = {
        "what": F("title"), "ref": F("ref"), "where": F("council__name"),
        "country": F("council__country"), "moment": F("signing_at"), "number": Subquery(number),
        "stage": Case(When(Exists(cannot), then=Value(CANNOT)), default=Value("")),
    }  # fmt: skip
    return Part(drafts, columns, _each(_missing))


def _behind_their_template(kept: frozenset[int], on: date) -> Part:
    """Written from an older version, or before an area nearer to the council had its own."""
    newer = TemplateVersion.objects.published().filter(
        area=OuterRef("template__area"), kind=OuterRef("template__kind"),
        language=OuterRef("template__language"), number__gt=OuterRef("template__number"),
    )  # fmt: skip
    first = TemplateVersion.objects.published().filter(
        kind=OuterRef("kind"), language=OuterRef("language"),
        area__covers_down__descendant=OuterRef("council__area"),
        area__covers_down__valid_from__lte=on, area__covers_down__valid_to__gte=on,
    )  # fmt: skip
    nearer = first.annotate(width=_width("area__kind")).filter(width__gt=OuterRef("width"))
    around = AreaCover.objects.filter(
        ancestor=OuterRef("template__area"), descendant=OuterRef("council__area"),
        valid_from__lte=on, valid_to__gte=on,
    )  # fmt: skip
    drafts = Draft.objects.annotate(width=_width("template__area__kind")).filter(
        Q(Exists(newer))
        | Q(Exists(first), template=None, amends=None)
        | Q(Exists(nearer), template__isnull=False)
        | Q(~Exists(around), Exists(first), template__isnull=False),
        council__in=kept,
        state__in=BEING_MADE,
    )
    columns = {"what": F("title"), "ref": F("ref"), "where": F("council__name")}
    return Part(drafts, columns, _each(_bring_up))


def _width(path: str) -> Case:
    """How narrow an area is, by its kind."""
    places = [When(**{path: kind}, then=place) for place, kind in enumerate(WIDEST_FIRST)]
    return Case(*places, default=-1, output_field=SmallIntegerField())


def _not_in_force(kept: frozenset[int], on: date) -> Part:
    """Signed by all, and the night of their first day has not brought them into force."""
    drafts = Draft.objects.filter(council__in=kept, state=DraftState.SIGNED, from_date__lt=on)
    columns = {"what": F("title"), "ref": F("ref"), "where": F("council__name")}
    return Part(drafts, columns, _each(_see_why))


def _renewals(kept: frozenset[int], on: date) -> Part:
    columns = {
        "what": F("title"), "ref": F("ref"), "where": F("council__name"),
        "where_ref": F("council__ref"), "due": F("renewal_date"),
    }  # fmt: skip
    return Part(to_be_renewed(on).filter(council__in=kept), columns, _each(_renew))


def _evaluations(kept: frozenset[int], on: date) -> Part:
    columns = {"what": F("title"), "ref": F("ref"), "where": F("council__name")}
    return Part(to_be_evaluated(on).filter(council__in=kept), columns, _each(_evaluate))


def _each(tell: Callable[[Row], Attention]) -> Callable[[list[Row]], Iterable[Attention]]:
    return lambda rows: [tell(row) for row in islice(rows, ENOUGH)]


def _sign(row: Row) -> Attention:
    return Attention(
        title=_("Sign “%(title)s”") % {"title": row.what},
        url=reverse("agreements:sign", args=[row.ref]),
        verb=_("Read and sign"),
        where=row.where,
        tone="warning",
    )


def _comment(row: Row) -> Attention:
    return Attention(
        title=_("Say what you think of “%(title)s”") % {"title": row.what},
        url=reverse("agreements:draft", args=[row.ref]),
        verb=pgettext("button", "Read"),
        where=row.where,
        due=row.due,
        tone="info",
    )


def _answer(row: Row) -> Attention:
    return Attention(
        title=_("Comments on “%(title)s” wait for an answer") % {"title": row.what},
        url=reverse("agreements:draft", args=[row.ref]),
        verb=_("Answer"),
        where=row.where,
        tone="info",
    )


def _missing(row: Row) -> Attention:
    """Where somebody has said what stands in the way, that it does comes first."""
    number = row.number or 0
    url = f"{reverse('agreements:draft', args=[row.ref])}#signatures"
    asked = formats.day(row.moment, profile(row.country).zone)
    where = _("%(council)s, asked on %(day)s") % {"council": row.where, "day": asked}
    if row.stage == CANNOT:
        title = _("Not everybody can sign “%(title)s” yet") % {"title": row.what}
        return Attention(title=title, url=url, verb=_("See why"), where=where, tone="warning")
    title = ngettext(
        "%(n)s party has not signed “%(title)s”",
        "%(n)s parties have not signed “%(title)s”",
        number,
    )
    return Attention(
        title=title % {"n": number, "title": row.what},
        url=url,
        verb=_("See who"),
        where=where,
    )


def _bring_up(row: Row) -> Attention:
    return Attention(
        title=_("The template of “%(title)s” has changed") % {"title": row.what},
        url=reverse("agreements:newer_template", args=[row.ref]),
        verb=_("See what is changed"),
        where=row.where,
        tone="info",
    )


def _see_why(row: Row) -> Attention:
    return Attention(
        title=_("“%(title)s” has not come into force") % {"title": row.what},
        url=reverse("agreements:draft", args=[row.ref]),
        verb=_("See why"),
        where=row.where,
        tone="danger",
    )


def _renew(row: Row) -> Attention:
    return Attention(
        title=_("“%(title)s” is to be made anew") % {"title": row.what},
        url=f"{reverse('agreements:start', args=[row.where_ref])}?begins={row.ref}",
        verb=_("Begin a new one"),
        where=row.where,
        due=row.due,
        tone="info",
    )


def _evaluate(row: Row) -> Attention:
    return Attention(
        title=_("Look back on a year of “%(title)s”") % {"title": row.what},
        url=reverse("agreements:evaluate", args=[row.ref]),
        verb=_("Evaluate"),
        where=row.where,
        tone="info",
    )
