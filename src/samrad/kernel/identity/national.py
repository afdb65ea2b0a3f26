"""National identity numbers in plain text: Norwegian, Swedish and Danish."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from stdnum import luhn
from stdnum.no import fodselsnummer

from samrad.kernel.identity.kinds import Hit, NumberKind
from samrad.kernel.identity.plain import JOINER

_GAP = rf"[ .\-/:_+{JOINER}]{{1,4}}|[ \-]?\r?\n ?"
_RUN = re.compile(rf"[0-9]+(?:(?:{_GAP})[0-9]+)*")
_GROUP = re.compile(rf"[0-9](?:{JOINER}*[0-9])*")
_BEFORE_FRACTION = re.compile(r"(?<![0-9])[0-9]{1,3}\.$")
# Date and serial have ten digits, Norwegian numbers eleven; with the century two more.
_FEWEST_DIGITS, _MOST_DIGITS = 10, 13
_CENTURIES = ("18", "19", "20")
# More pieces than this are a row of figures, unless nothing else stands in the line.
_MOST_PIECES = 5


@dataclass(frozen=True, slots=True)
class _Candidate:
    """Ten to thirteen digits in whole groups; `alone` when no other group stands in the line."""

    digits: str
    sizes: tuple[int, ...]
    gaps: tuple[str, ...]
    alone: bool
    is_fraction: bool

    @property
    def is_unbroken(self) -> bool:
        return len(self.sizes) == 1

    @property
    def is_in_two(self) -> bool:
        """Date and serial number, as people and forms write them."""
        in_two = self.sizes in {(6, 5), (6, 4), (8, 4)}
        return in_two and ("\n" not in self.gaps[0] or "-" in self.gaps[0])

    @property
    def has_split_date(self) -> bool:
        """The date itself is divided by marks that are not spaces, and the serial is whole."""
        dated = self.sizes[:3] in {(2, 2, 2), (4, 2, 2)} and len(self.sizes) == 4  # noqa: PLR2004
        return dated and all(gap.strip() for gap in self.gaps[:2])

    @property
    def is_dashed(self) -> bool:
        """A whole date, divided or not, a dash, and the serial: 01 01 90-1234, 01.01.1990-1234."""
        dates = {(6,), (8,), (2, 2, 2), (2, 2, 4), (4, 2, 2)}
        has_serial = self.sizes[-1] in {4, 5} and len(self.sizes) > 1
        return has_serial and self.sizes[:-1] in dates and self.gaps[-1].strip() == "-"

    @property
    def is_spaced_by_chance(self) -> bool:
        """Split where nobody would write a space: text recognition does that."""
        return self.alone and not any(gap.strip() for gap in self.gaps)

    @property
    def is_amount(self) -> bool:
        """Groups of three from the right: 1 010 112 345 is money before it is a person."""
        return len(self.sizes) > 1 and self.sizes[0] <= 3 and set(self.sizes[1:]) == {3}  # noqa: PLR2004

    @property
    def is_phone_layout(self) -> bool:
        """As Swedish phone numbers are written: 070 123 45 67."""
        return self.digits[0] == "0" and self.sizes[-2:] == (2, 2)


def national_numbers(plain: str) -> Iterator[Hit]:
    """Every number that has the shape of a person's in one of the three countries."""
    for run in _RUN.finditer(plain):
        # A country code's plus makes the digits a phone number's.
        is_phone = plain[run.start() - 1 : run.start()] == "+"
        if run.end() - run.start() >= _FEWEST_DIGITS and not is_phone:
            yield from _in_run(plain, run)


def _in_run(plain: str, run: re.Match[str]) -> Iterator[Hit]:
    places = [match.span() for match in _GROUP.finditer(plain, run.start(), run.end())]
    groups = [plain[begin:end].replace(JOINER, "") for begin, end in places]
    gaps = ["\n", *(plain[one[1] : other[0]] for one, other in pairwise(places)), "\n"]
    for first, after in _windows(groups):
        alone = "\n" in gaps[first] and "\n" in gaps[after]
        digits = "".join(groups[first:after])
        shapes = _shapes(digits) if alone or after - first <= _MOST_PIECES else []
        for shape, read in shapes:
            start = places[first][0]
            candidate = _Candidate(
                digits=digits,
                sizes=tuple(len(group) for group in groups[first:after]),
                gaps=tuple(gaps[first + 1 : after]),
                alone=alone,
                is_fraction=bool(_BEFORE_FRACTION.search(plain, max(0, start - 5), start)),
            )
            for kind, certain in read(shape, candidate):
                yield Hit(kind, certain, start, places[after - 1][1])


def _windows(groups: list[str]) -> Iterator[tuple[int, int]]:
    """Neighbouring groups with ten to thirteen digits together: the first, and the one after."""
    sizes = [len(group) for group in groups]
    for first in range(len(sizes)):
        total = 0
        for last in range(first, len(sizes)):
            total += sizes[last]
            if total > _MOST_DIGITS:
                break
            if total >= _FEWEST_DIGITS:
                yield first, last + 1


_Reader = Callable[[NumberKind, _Candidate], Iterator[tuple[NumberKind, bool]]]


def _shapes(digits: str) -> list[tuple[NumberKind, _Reader]]:
    """What the digits could be by their date alone: cheap, and nearly always nothing."""
    possible: list[tuple[NumberKind | None, _Reader]] = []
    if len(digits) == 11:  # noqa: PLR2004
        possible.append((_norwegian_kind(digits), _norwegian))
    elif len(digits) < _MOST_DIGITS:
        possible.append((_swedish_kind(digits), _swedish))
    if len(digits) == 10 and _is_day(digits[:2], digits[2:4]):  # noqa: PLR2004
        possible.append((NumberKind.DK_CPR_LIKE, _danish))
    if len(digits) > 11 and digits[4:6] in _CENTURIES and _is_day(digits[:2], digits[2:4]):  # noqa: PLR2004
        kinds = {12: NumberKind.DK_CPR_LIKE, 13: NumberKind.NO_DATE_SHAPED}
        possible.append((kinds[len(digits)], _with_century))
    return [(kind, read) for kind, read in possible if kind]


def _norwegian_kind(digits: str) -> NumberKind | None:
    """D numbers add 40 to the day, H numbers 40 to the month, synthetic ones 65 or 80."""
    day, month = digits[:2], int(digits[2:4])
    kind = NumberKind.NO_BIRTH_NUMBER
    if day > "40":
        day, kind = str(int(day) - 40), NumberKind.NO_D_NUMBER
    for added, shifted in _NORWEGIAN_MONTHS:
        if added < month <= added + 12:
            month, kind = month - added, shifted
    return kind if _is_day(day, month) else None


_NORWEGIAN_MONTHS = (
    (40, NumberKind.NO_H_NUMBER),
    (65, NumberKind.NO_SYNTHETIC_NUMBER),
    (80, NumberKind.NO_SYNTHETIC_NUMBER),
)


def _norwegian(kind: NumberKind, candidate: _Candidate) -> Iterator[tuple[NumberKind, bool]]:
    in_shape = candidate.is_unbroken or candidate.is_in_two
    if _has_norwegian_check_digits(candidate.digits):
        sure = in_shape or candidate.has_split_date or candidate.alone
        yield kind, sure and not candidate.is_amount and not candidate.is_fraction
    elif (in_shape or candidate.is_dashed) and not candidate.is_fraction:
        yield NumberKind.NO_DATE_SHAPED, True


def _has_norwegian_check_digits(digits: str) -> bool:
    return (
        fodselsnummer.calc_check_digit1(digits) == digits[9]
        and fodselsnummer.calc_check_digit2(digits) == digits[10]
    )


def _swedish_kind(digits: str) -> NumberKind | None:
    """Coordination numbers add 60 to the day."""
    if digits[:-10] not in {"", "18", "19", "20"}:
        return None
    month, day = digits[-8:-6], digits[-6:-4]
    if day > "60":
        coordination = _is_day(int(day) - 60, month)
        return NumberKind.SE_COORDINATION_NUMBER if coordination else None
    return NumberKind.SE_PERSONAL_NUMBER if _is_day(day, month) else None


def _swedish(kind: NumberKind, candidate: _Candidate) -> Iterator[tuple[NumberKind, bool]]:
    if not luhn.is_valid(candidate.digits[-10:]):
        return
    # A date, a space and four digits may be a time of day: 2024-01-15 1300.
    split_date = candidate.has_split_date and candidate.gaps[2].strip() in {"-", "+"}
    if candidate.is_unbroken or candidate.is_in_two or split_date:
        yield kind, not candidate.is_fraction
    elif (
        candidate.has_split_date
        or candidate.is_amount
        or candidate.is_phone_layout
        or candidate.is_dashed
    ):
        yield kind, False
    elif candidate.is_spaced_by_chance:
        yield kind, True


def _danish(kind: NumberKind, candidate: _Candidate) -> Iterator[tuple[NumberKind, bool]]:
    if candidate.is_fraction:
        return
    if candidate.sizes == (6, 4) and candidate.gaps[0].strip() == "-":
        yield NumberKind.DK_CPR_WRITTEN, True
    elif (
        candidate.is_unbroken
        or candidate.sizes == (6, 4)
        or candidate.has_split_date
        or candidate.is_dashed
    ):
        yield kind, True


def _with_century(kind: NumberKind, candidate: _Candidate) -> Iterator[tuple[NumberKind, bool]]:
    """No register writes the day first and the century too, but people do."""
    if candidate.is_dashed and not candidate.is_fraction:
        yield kind, True


_DIVIDED = re.compile(
    r"(?<![0-9])(?P<date>[0-9]{2}[ .\-/]?[0-9]{2}[ .\-/]?(?:[0-9]{2}){1,2})"
    r" ?(?:[,;] ?\(?|\()(?P<serial>[0-9]{4,5})(?![0-9])"
)
_NUMBER_WORD = re.compile(
    r"\b(?:f\.?nr|f[øo]dsels(?:nr|nummer)|p\.?nr|person(?:nr|nummer)|d-?(?:nr|nummer)|cpr)"
    r"[\w.: -]{0,12}$",
    re.IGNORECASE,
)


def divided_numbers(plain: str) -> Iterator[Hit]:
    """Date and serial kept apart by a comma or brackets: suspect after a word that says so.

    Without the word only the check digits of a Norwegian number tell it from two other figures.
    """
    for match in _DIVIDED.finditer(plain):
        date = re.sub("[^0-9]", "", match["date"])
        short = date[:4] + date[6:] if len(date) == 8 and date[4:6] in _CENTURIES else date  # noqa: PLR2004
        is_named = _NUMBER_WORD.search(plain, max(0, match.start() - 32), match.start())
        for digits in {date + match["serial"], short + match["serial"]}:
            kind = _divided_kind(digits)
            if kind and (is_named or kind in _CHECKED):
                yield Hit(kind, False, *match.span())


_CHECKED = {
    NumberKind.NO_BIRTH_NUMBER,
    NumberKind.NO_D_NUMBER,
    NumberKind.NO_H_NUMBER,
    NumberKind.NO_SYNTHETIC_NUMBER,
}


def _divided_kind(digits: str) -> NumberKind | None:
    if len(digits) == 11:  # noqa: PLR2004
        kind = _norwegian_kind(digits)
        sure = kind and _has_norwegian_check_digits(digits)
        return kind if sure else kind and NumberKind.NO_DATE_SHAPED
    if len(digits) == 10 and _is_day(digits[:2], digits[2:4]):  # noqa: PLR2004
        return NumberKind.DK_CPR_LIKE
    is_swedish = len(digits) in {10, 12} and luhn.is_valid(digits[-10:])
    return _swedish_kind(digits) if is_swedish else None


_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _is_day(day: str | int, month: str | int) -> bool:
    """Whether some year has this day; which year is not worth guessing from two digits."""
    return 1 <= int(month) <= 12 and 1 <= int(day) <= _DAYS[int(month) - 1]  # noqa: PLR2004
