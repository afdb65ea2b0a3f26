"""How agreements being made are told: begun, written, put out for comments, signed by some."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.utils.translation import override

from samrad.agreements import as_written
from samrad.agreements.actions.comments import answer_comment, comment_on, open_comments
from samrad.agreements.actions.drafts import start_draft, write_draft
from samrad.agreements.actions.signatures import put_to_sign, record_paper, sign
from samrad.agreements.models import ClauseComment, Draft, Party
from samrad.agreements.queries.papers import draft_paper
from samrad.agreements.rules import Outcome
from samrad.agreements.rules.signing import gaps_in
from samrad.documents.api import StoredFile, store_file
from samrad.documents.paper import pdf_of
from samrad.kernel.clock import day_of
from samrad.site.demo.world import World


class Told:
    """One draft of the file, and what has become of it so far."""

    def __init__(self, world: World, data: dict[str, Any]) -> None:
        self.world, self.data = world, data
        self.council: str = data["council"]
        self.by = world.secretary_of(self.council)
        self.draft: Draft
        self.said: dict[int, ClauseComment] = {}

    def tell(self) -> None:
        """Note every step that the draft has come to."""
        days, data = self.world.days, self.data
        self.world.step(days.day(data["day"]), "09:40", self._begin)
        if "comments" in data:
            self.world.step(days.day(data["comments"]), "10:15", self._put_out)
        for number, (day, who, key, text, *answer) in enumerate(data.get("said", [])):
            self.world.step(days.day(day), "14:05", partial(self._say, number, who, key, text))
            if answer:
                act = partial(self._answer, number, *answer)
                self.world.step(days.day(day) + timedelta(days=1), "11:30", act)
        if "to_sign" in data:
            self.world.step(days.day(data["to_sign"]), "09:00", self._to_sign)
        for day, who, *paper in data.get("signed", []):
            act = partial(self._on_paper if paper else self._sign, who)
            self.world.step(days.day(day), "13:20", act)

    def _begin(self, at: datetime) -> None:
        by, council = self.world.actor(self.by, at), self.world.councils[self.council]
        anew = council.agreements.in_force().main().first() if self.data.get("anew") else None
        self.draft = start_draft(
            council=council, language=self.world.days.language, revises=anew, by=by, at=at
        )
        write_draft(draft=self.draft, given=self._text(at), by=by, at=at)
        self.draft.refresh_from_db()

    def _text(self, at: datetime) -> dict[str, Any]:
        """What the file says; of the rest, what is to be signed holds no gaps."""
        there = as_written.of_draft(self.draft)
        said = {
            f"clause_{key}": self.world.days.words(text)
            for key, text in self.data.get("clauses", {}).items()
        }
        if "to_sign" in self.data:
            for name, value in there.items():
                if isinstance(value, str) and gaps_in(value):
                    there[name] = ""
        if "focus_areas" in self.data:
            said["focus_areas"] = "\n".join(self.data["focus_areas"])
        start = day_of(at) + timedelta(days=self.data["holds_in"])
        title = self.world.days.words(self.data["title"])
        return {**there, **said, "title": title, "from_date": start}

    def _put_out(self, at: datetime) -> None:
        until = day_of(at) + timedelta(days=self.data["comment_days"])
        open_comments(draft=self.draft, until=until, by=self.world.actor(self.by, at), at=at)

    def _say(self, number: int, who: str, key: str, text: str, at: datetime) -> None:
        clause = self.draft.clauses.select_related("draft__council").get(key=key)
        by = self.world.actor(who, at)
        self.said[number] = comment_on(clause=clause, text=text, by=by, at=at)

    def _answer(self, number: int, answer: str, at: datetime) -> None:
        answer_comment(
            comment=self.said[number], outcome=Outcome.TAKEN, answer=answer,
            by=self.world.actor(self.by, at), at=at,
        )  # fmt: skip

    def _to_sign(self, at: datetime) -> None:
        put_to_sign(draft=self.draft, by=self.world.actor(self.by, at), at=at)

    def _party(self, who: str) -> Party:
        organisation, _role = self.world.posts[who]
        return self.draft.parties.select_related("draft__council", "organisation").get(
            organisation=self.world.organisations[organisation]
        )

    def _sign(self, who: str, at: datetime) -> None:
        party = self._party(who)
        sign(party=party, sha256=party.draft.sha256(), by=self.world.actor(who, at), at=at)

    def _on_paper(self, who: str, at: datetime) -> None:
        party = self._party(who)
        record_paper(
            party=party, signatory=self.world.people[who].name, signed_date=day_of(at),
            number=party.draft.sha256(), scan=self._page(at), by=self.world.actor(self.by, at),
            at=at,
        )  # fmt: skip

    def _page(self, at: datetime) -> StoredFile:
        """The paper as it was printed, with nothing written on it: whoever signs is invented."""
        with override(self.draft.language):
            paper = draft_paper(self.draft)
        return store_file(
            name="underskrift.pdf", content=pdf_of(paper, at=at), chain=self.draft.trail_chain,
            by=self.world.actor(self.by, at), at=at,
        )  # fmt: skip


def tell_of_drafts(world: World) -> None:
    """Every draft of the file."""
    for data in world.data.get("draft", []):
        Told(world, data).tell()
