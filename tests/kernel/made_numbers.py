"""Identity numbers with right check digits, made from a date and a serial: they are nobody's.

Tests never write such a number down; they make it here, so that the repository holds none.
"""

from __future__ import annotations

import random

from stdnum import luhn
from stdnum.no import fodselsnummer


def norwegian(date: str = "150688", *, day: int = 0, month: int = 0, seed: int = 1) -> str:
    """Eleven digits from DDMMYY, with what D, H and synthetic numbers add to day and month."""
    begun = f"{int(date[:2]) + day:02}{int(date[2:4]) + month:02}{date[4:]}"
    serials = random.Random(f"{begun}{seed}")
    while True:
        digits = f"{begun}{serials.randrange(1000):03}"
        first = fodselsnummer.calc_check_digit1(digits)
        second = fodselsnummer.calc_check_digit2(digits + first)
        if len(first) == len(second) == 1:
            return digits + first + second


def swedish(date: str = "880615", *, day: int = 0, seed: int = 1) -> str:
    """Ten digits from YYMMDD; a coordination number adds 60 to the day."""
    begun = f"{date[:4]}{int(date[4:]) + day:02}"
    serial = random.Random(f"{begun}{seed}").randrange(1000)
    digits = f"{begun}{serial:03}"
    return digits + luhn.calc_check_digit(digits)


def danish(date: str = "150688", *, serial: int = 4321) -> str:
    """Ten digits from DDMMYY; there is no check digit to get right."""
    return f"{date}{serial:04}"


def with_wrong_check_digit(number: str) -> str:
    """The same number with its last digit one higher."""
    return number[:-1] + str((int(number[-1]) + 1) % 10)
