"""Which lines are headings: told by the file, by layout, and by how they sound."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from samrad.reading.heading_rows import LONGEST_HEADING, areas_in_a_row, could_be_heading, in_rows
from samrad.reading.lines import Line
from samrad.reading.marks import BULLET, Mark, numbered, starts_upper

SoundsLikeHeading = Callable[[str], float]
"""How much a line sounds like a heading of the template, from 0 to 1."""

_MOST_WORDS_ALONE = 7
_MOST_WORDS_OF_A_PART = 4
_MOST_WORDS_BEFORE_COLON = 4
_SURE = 0.6
_LIKELY = 0.45
_WHOLLY = 0.9
_LONG_LINE = 60
_FEWEST_CAPITALS = 4
_ENOUGH_TIGHT = 3
_ENOUGH_SHAPED = 4
_FULL_LINE = 0.75
_SHORT_OF_LINE = 0.6
_OWN_LEVEL = 3
_LOOK_AHEAD = 8
_REACH = 10


@dataclass(frozen=True, slots=True)
class Setting:
    """What stands before a line: space, an open list, the end of a sentence."""

    gap: int
    in_open_list: bool
    after_sentence: bool


class HeadingLines:
    """Judges the lines of one document; what its known headings look like helps with the others."""

    def __init__(self, lines: Sequence[Line], sounds: SoundsLikeHeading) -> None:
        self._lines = lines
        self._sounds = sounds
        self._last = -1
        self.widths = _typical_widths(lines)
        self._tight = self._sets_headings_tight()
        self._in_rows = in_rows(lines)
        self._areas = areas_in_a_row(lines)

    def level(self, place: int, text: str, mark: Mark | None, setting: Setting) -> int:
        """0 when the line is no heading; otherwise how deep, 1 the highest."""
        level = self._level(place, text, mark, setting)
        if level:
            self._last = place
        return level

    def _level(self, place: int, text: str, mark: Mark | None, setting: Setting) -> int:
        line = self._lines[place]
        if line.heading_level and len(text) <= 2 * LONGEST_HEADING:
            return line.heading_level
        if place in self._areas:
            return _OWN_LEVEL
        if place in self._in_rows and not setting.in_open_list:
            return mark.level if mark else 2
        return self._level_alone(place, mark.rest if mark else text, mark, setting)

    def _level_alone(self, place: int, rest: str, mark: Mark | None, setting: Setting) -> int:
        """How deep a line is that no others tell to be a heading."""
        line = self._lines[place]
        after = self._space_after(place)
        bulleted = mark is not None and not mark.numbered
        runs_on = not after and not self._next_begins(place)
        if bulleted or runs_on or not could_be_heading(rest):
            return 0
        sounds = self._sounds(rest)
        in_list = setting.in_open_list and not mark and not line.bold
        listed = in_list and (setting.gap <= 1 or sounds < _SURE)
        if listed or self._only_leads_on(rest, sounds, after=after):
            return 0
        if self._is_clear(line, rest, mark, setting, sounds, after=after):
            return mark.level if mark else 2
        if mark and self._is_section(place, rest, mark, setting):
            return mark.level
        return self._own_heading(place, rest, mark, setting, after=after)

    @staticmethod
    def _only_leads_on(text: str, sounds: float, *, after: bool) -> bool:
        """A line that ends in a colon opens a list, unless it is nothing but a heading."""
        if not text.endswith(":"):
            return False
        short = len(text.split()) <= _MOST_WORDS_BEFORE_COLON
        return not (sounds >= _WHOLLY and after and short)

    @staticmethod
    def _is_clear(
        line: Line, text: str, mark: Mark | None, setting: Setting, sounds: float, *, after: bool
    ) -> bool:
        spaced = bool(setting.gap) or after
        few = len(text.split()) <= _MOST_WORDS_ALONE
        apart = few and setting.after_sentence
        loud = line.bold or (text.isupper() and sum(map(str.isalpha, text)) >= _FEWEST_CAPITALS)
        if mark:
            return sounds >= _LIKELY or (bool(setting.gap) and after) or (loud and spaced)
        stands_out = apart and (sounds >= _WHOLLY or (loud and sounds >= _LIKELY))
        return stands_out or (spaced and (loud or sounds >= _SURE))

    def _own_heading(
        self, place: int, text: str, mark: Mark | None, setting: Setting, *, after: bool
    ) -> int:
        """A heading no template knows: a few words alone, leading text."""
        whole = self._lines[place].whole
        if mark or whole or not setting.gap or len(text.split()) > _MOST_WORDS_ALONE:
            return 0
        if after:
            return _OWN_LEVEL if self._leads_text(place) else 0
        short = len(text) < _SHORT_OF_LINE * self.widths[place]
        stands_over = self._tight or self._stands_over_text(place, text)
        return _OWN_LEVEL if short and stands_over else 0

    def _is_section(self, place: int, text: str, mark: Mark, setting: Setting) -> bool:
        begins = bool(setting.gap) or self._last == place - 1
        return begins and self._is_numbered_heading(place, text, mark)

    def _is_numbered_heading(self, place: int, text: str, mark: Mark) -> bool:
        return self._stands_over_text(place, text) or self._names_a_part(place, text, mark)

    def _names_a_part(self, place: int, text: str, mark: Mark) -> bool:
        """`9.1 The municipality`: a part by its number, a few words and then something else."""
        if place + 1 >= len(self._lines) or mark.sign.rstrip(".").count(".") != 1:
            return False
        following = self._lines[place + 1].text
        few = len(text.split()) <= _MOST_WORDS_OF_A_PART and ":" not in text
        return few and bool(following) and not numbered(following)

    def _stands_over_text(self, place: int, text: str) -> bool:
        """A short line, broken off though there was room, and right under it a long one."""
        if place + 1 >= len(self._lines) or self._lines[place].whole:
            return False
        width, following = self.widths[place], self._lines[place + 1].text
        short = len(text) < _SHORT_OF_LINE * width and ":" not in text
        long = len(following) >= max(_LONG_LINE, _SHORT_OF_LINE * width)
        begins = starts_upper(following) or numbered(following) or BULLET.match(following)
        return short and long and bool(begins)

    def _space_after(self, place: int) -> bool:
        if self._lines[place].whole or place + 1 >= len(self._lines):
            return True
        return self._lines[place + 1].blank

    def _next_begins(self, place: int) -> bool:
        """Whether the next line begins something: a heading never goes on in small letters."""
        text = self._lines[place + 1].text
        return starts_upper(text) or BULLET.match(text) is not None or not text[0].isalpha()

    def _leads_text(self, place: int) -> bool:
        """Whether what follows is running text: a short line among short lines is a list."""
        following = self._lines[place + 1 : place + _LOOK_AHEAD]
        nearest = next((line.text for line in following if line.text), "")
        return len(nearest) >= _LONG_LINE or BULLET.match(nearest) is not None

    def _sets_headings_tight(self) -> bool:
        """Whether this document sets its text right under its headings, as several of them show."""
        known = shaped = 0
        for place, line in enumerate(self._lines[:-1]):
            space_before = place == 0 or self._lines[place - 1].blank
            if line.blank or self._lines[place + 1].blank or not space_before:
                continue
            mark = numbered(line.text)
            text = mark.rest if mark else line.text
            if not could_be_heading(text) or text.endswith(":"):
                continue
            known += self._sounds(text) >= _WHOLLY
            shaped += self._has_the_shape(place, text)
        return known >= _ENOUGH_TIGHT or shaped >= _ENOUGH_SHAPED

    def _has_the_shape(self, place: int, text: str) -> bool:
        """A few words alone on their line, and right under them a line as long as lines are."""
        following = self._lines[place + 1].text
        short = len(text) < _SHORT_OF_LINE * self.widths[place]
        few = len(text.split()) <= _MOST_WORDS_ALONE
        long = len(following) >= _FULL_LINE * self.widths[place] and len(following) >= _LONG_LINE
        return short and few and long and starts_upper(following)


def _typical_widths(lines: Sequence[Line]) -> list[int]:
    """For every line the width its neighbourhood is set to: the longest line near it."""
    lengths = [len(line.text) for line in lines]
    return [max(lengths[max(0, at - _REACH) : at + _REACH + 1]) for at in range(len(lengths))]
