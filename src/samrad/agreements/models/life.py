"""A draft with its clauses, comments, parties, signatures; evaluations of what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from samrad.access.vocabulary import Permission
from samrad.agreements.models.templates import TemplateVersion
from samrad.agreements.rules import UNDER_WAY, DraftState, Outcome
from samrad.agreements.rules.names import may_mean
from samrad.agreements.rules.signing import SignedText, hash_of
from samrad.cooperation.models import Agreement, Council
from samrad.documents.models import StoredFile
from samrad.kernel.clock import today
from samrad.people.models import Organisation, Person
from samrad.people.models.register import in_readers_language
from samrad.profiles.reader import profile
from samrad.trail.models import Recorded
from samrad.ui.addresses import address_of

if TYPE_CHECKING:
    from samrad.access.actor import Actor


class DraftQuerySet(models.QuerySet["Draft"]):
    """Drafts as an actor may read them."""

    def visible_to(self, actor: Actor) -> DraftQuerySet:
        """Whoever keeps the council writes it; its permanent members once it is put out to them.

        Whoever signs for a party reads what is to be signed, also without a seat in the council.
        What is in force is read on the agreement's own page by all who see that.
        """
        signs = Q(pk__in=Party.objects.held_by(actor).values("draft"))
        return self.filter(_inside(actor) | (signs & Q(signing_at__isnull=False)))

    def made_by(self, actor: Actor) -> DraftQuerySet:
        """Those whose comments and history the actor reads too: not by signing alone."""
        return self.filter(_inside(actor))

    def under_way(self) -> DraftQuerySet:
        """Those that are neither in force nor given up."""
        return self.filter(state__in=UNDER_WAY)


def _inside(actor: Actor) -> Q:
    """Drafts of councils one keeps, and what has been shown to those who sit in the council."""
    kept = Q(council__in=Council.objects.kept_by(actor).values("pk"))
    inside = Q(council__in=actor.councils_where(Permission.INTERNAL_SEE))
    return kept | (inside & Q(shown_at__isnull=False))


class Draft(Recorded):
    """An agreement, or an addition to one, while it is being made; and what was signed of it."""

    trail_kind = "agreement_draft"

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="drafts")
    kind = models.CharField(max_length=40, default="general")  # of the country's templates
    language = models.CharField(max_length=8)
    template = models.ForeignKey(
        TemplateVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="drafts"
    )  # the area's that it was written from or brought up to; none: the country's
    title = models.CharField(max_length=200)
    state = models.CharField(
        max_length=12, choices=DraftState.choices(), default=DraftState.WRITING
    )
    revises = models.ForeignKey(
        Agreement, null=True, blank=True, on_delete=models.PROTECT, related_name="revisions"
    )
    amends = models.ForeignKey(
        Agreement, null=True, blank=True, on_delete=models.PROTECT, related_name="amendments"
    )
    agreement = models.OneToOneField(
        Agreement, null=True, blank=True, on_delete=models.PROTECT, related_name="draft"
    )  # what came of it
    from_date = models.DateField(null=True, blank=True)
    to_date = models.DateField(null=True, blank=True)
    renewal_date = models.DateField(null=True, blank=True)
    meetings_per_year = models.PositiveSmallIntegerField(null=True, blank=True)
    focus_areas = models.TextField(blank=True)  # one a line
    comments_until = models.DateField(null=True, blank=True)
    started_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    shown_at = models.DateTimeField(null=True, blank=True)  # to the council's members, first
    signing_at = models.DateTimeField(null=True, blank=True)  # put out to be signed, last
    changed_at = models.DateTimeField(null=True, blank=True)  # what is signed, last
    settled_at = models.DateTimeField(null=True, blank=True)  # in force, or withdrawn

    objects = DraftQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(revises=None) | Q(amends=None), name="draft_revises_or_amends"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The draft's own page."""
        return address_of("agreements:draft", self.ref)

    @property
    def trail_chain(self) -> str:
        return self.council.trail_chain

    @property
    def is_amendment(self) -> bool:
        """Whether it only adds to an agreement in force."""
        return self.amends_id is not None

    @property
    def is_under_way(self) -> bool:
        """Whether it is neither in force nor given up."""
        return self.state in UNDER_WAY

    @property
    def focus_titles(self) -> list[str]:
        """Its focus areas, in order."""
        return [line.strip() for line in self.focus_areas.splitlines() if line.strip()]

    def signed_text(
        self,
        parties: Iterable[Party] | None = None,
        clauses: Iterable[DraftClause] | None = None,
    ) -> SignedText:
        """All that a signature of it stands for, as it is now; from rows that are read already."""
        if parties is None:
            parties = self.parties.select_related("organisation")
        if clauses is None:
            clauses = self.clauses.all()
        return SignedText(
            council=str(self.council.ref),
            kind=self.kind,
            language=self.language,
            title=self.title,
            amends=str(self.amends.ref) if self.amends else "",
            from_date=self.from_date,
            to_date=self.to_date,
            renewal_date=self.renewal_date,
            meetings_per_year=self.meetings_per_year,
            focus_areas=tuple(self.focus_titles),
            parties=tuple((str(one.organisation.ref), one.role) for one in parties),
            clauses=tuple((one.heading, one.text) for one in clauses),
        )

    def sha256(self) -> str:
        """The hash that a signature given now would carry."""
        return hash_of(self.signed_text())


class DraftClause(Recorded):
    """What stands under one heading of a draft."""

    trail_kind = "agreement_draft_clause"

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="clauses")
    order = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=60)
    heading = models.CharField(max_length=200)
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["draft", "order"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "key"], name="draft_clause_once"),
        ]

    def __str__(self) -> str:
        return self.heading

    @property
    def trail_chain(self) -> str:
        return self.draft.trail_chain


class CommentQuerySet(models.QuerySet["ClauseComment"]):
    """What is said of drafts."""

    def visible_to(self, actor: Actor) -> CommentQuerySet:
        """With the draft, for those inside the council: whoever only signs reads the text alone."""
        return self.filter(clause__draft__in=Draft.objects.made_by(actor).values("pk"))


class ClauseComment(Recorded):
    """What somebody says of a clause, and what the writer made of it."""

    trail_kind = "agreement_comment"

    clause = models.ForeignKey(DraftClause, on_delete=models.CASCADE, related_name="comments")
    text = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    outcome = models.CharField(max_length=8, choices=Outcome.choices(), default=Outcome.OPEN)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["clause__order", "at", "pk"]

    def __str__(self) -> str:
        return self.clause.heading

    @property
    def trail_chain(self) -> str:
        return self.clause.draft.trail_chain


class PartyQuerySet(models.QuerySet["Party"]):
    """Who is to sign."""

    def held_by(self, actor: Actor) -> PartyQuerySet:
        """Parties for which the person signs today: by role at the organisation."""
        if actor.person_id is None:
            return self.none()
        on = today()
        return self.filter(
            Q(organisation__appointments__to_date=None)
            | Q(organisation__appointments__to_date__gte=on),
            organisation__appointments__person=actor.person_id,
            organisation__appointments__role=F("role"),
            organisation__appointments__from_date__lte=on,
        )

    def visible_to(self, actor: Actor) -> PartyQuerySet:
        """With the draft."""
        return self.filter(draft__in=Draft.objects.visible_to(actor).values("pk"))


class BindingParties(models.Manager.from_queryset(PartyQuerySet)):  # type: ignore[misc]
    """The parties that the draft binds as it stands."""

    def get_queryset(self) -> PartyQuerySet:
        """Without those that were left out after they had signed."""
        found: PartyQuerySet = super().get_queryset().filter(left_at=None)
        return found


class Party(Recorded):
    """An organisation that an agreement binds, and the role that signs for it.

    One that has signed and is left out later is kept with its signatures, which no longer hold.
    """

    trail_kind = "agreement_party"

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="parties")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40)  # a role code of the country's profile
    order = models.PositiveSmallIntegerField()
    left_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)  # last, after it was first asked
    not_yet = models.TextField(blank=True)  # why whoever signs for it cannot yet, said last
    not_yet_at = models.DateTimeField(null=True, blank=True)
    # What was said before, also by another office, newest first: for those inside only.
    said_earlier = models.TextField(blank=True)

    objects = BindingParties()
    ever = PartyQuerySet.as_manager()

    class Meta:
        ordering = ["draft", "order"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "organisation"], name="party_once"),
        ]

    def __str__(self) -> str:
        return self.organisation.name

    @property
    def trail_chain(self) -> str:
        return self.draft.trail_chain

    @property
    def said_of_this(self) -> bool:
        """Whether what stands in the way was said by this office, of the text as it is now."""
        changed = self.draft.changed_at
        return self.not_yet_at is not None and (changed is None or changed <= self.not_yet_at)

    @cached_property
    def role_name(self) -> str:
        """What the role is called, in the reader's language."""
        return in_readers_language(profile(self.organisation.country).role(self.role).name)


class SignatureQuerySet(models.QuerySet["Signature"]):
    """What has been signed, whether it still holds or not."""

    def visible_to(self, actor: Actor) -> SignatureQuerySet:
        """With the draft; also of a party that was left out later."""
        return self.filter(party__in=Party.ever.visible_to(actor).values("pk"))


class Signature(Recorded):
    """A party's sign-off of one exact text; never changed, voided by an edit of the text."""

    trail_kind = "agreement_signature"

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="signatures")
    sha256 = models.CharField(max_length=64)
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    signatory = models.CharField(max_length=120)  # the name, as it was then
    role = models.CharField(max_length=40, blank=True)  # the office, as it was then
    signed_date = models.DateField()
    at = models.DateTimeField()
    on_paper = models.BooleanField(default=False)
    scan = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    voided_at = models.DateTimeField(null=True, blank=True)

    objects = SignatureQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["party"], condition=Q(voided_at=None), name="signature_one_that_counts"
            ),
        ]

    def __str__(self) -> str:
        return str(self.party)

    @property
    def who(self) -> str:
        """Who signed, unless that name is withheld, or may mean one that is."""
        if self.person:
            return self.person.label
        return Person(name_withheld=True).label if self.is_covered else self.signatory

    @cached_property
    def is_covered(self) -> bool:
        """Whether what was written on paper may mean somebody there whose name is withheld."""
        hidden = Person.objects.filter(
            name_withheld=True, appointments__organisation=self.party.organisation_id
        )
        return any(may_mean(one.name, self.signatory) for one in hidden)

    @property
    def office(self) -> str:
        """What the office was called that signed, although another may sign now."""
        country = profile(self.party.organisation.country)
        return in_readers_language(country.role(self.role or self.party.role).name)

    @property
    def trail_chain(self) -> str:
        return self.party.trail_chain


class EvaluationQuerySet(models.QuerySet["Evaluation"]):
    """Evaluations of agreements."""

    def visible_to(self, actor: Actor) -> EvaluationQuerySet:
        """What was found is internal: for the council's permanent members."""
        return self.filter(agreement__council__in=actor.councils_where(Permission.INTERNAL_SEE))


class Evaluation(Recorded):
    """What the parties found when they looked back on a year of their agreement."""

    trail_kind = "agreement_evaluation"

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="evaluations")
    held_date = models.DateField()
    text = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        ordering = ["-held_date", "-pk"]

    def __str__(self) -> str:
        return f"{self.agreement.title} {self.held_date:%Y-%m-%d}"

    @property
    def trail_chain(self) -> str:
        return self.agreement.trail_chain
