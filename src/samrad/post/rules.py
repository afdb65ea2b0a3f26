"""States of a message, and what a mail server's answer means."""

from __future__ import annotations

import smtplib
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from samrad.kernel.choices import Choices
from samrad.kernel.clock import day_of
from samrad.profiles.days import is_working_day


class MessageState(Choices):
    """Withheld: at the moment of sending, the recipient was no longer to have it.

    Bounced: it went out, and the recipient's mail server sent it back. Forgotten: of what was
    settled long ago only the key is kept, so that it is never sent again.

    Held: the recipient wants such mail once a day, and it waits for the mail of the day. Gathered:
    it is part of one. Declined: the recipient wants no such mail.
    """

    QUEUED = "queued"
    HELD = "held"
    GATHERED = "gathered"
    DECLINED = "declined"
    SENT = "sent"
    FAILED = "failed"
    BOUNCED = "bounced"
    WITHHELD = "withheld"
    FORGOTTEN = "forgotten"


WAITING = (MessageState.QUEUED, MessageState.HELD)
NOT_ARRIVED = (MessageState.FAILED, MessageState.BOUNCED)
NOT_HAD = (*NOT_ARRIVED, MessageState.WITHHELD)  # the reader has not got it, whatever the reason
PERMANENT = range(500, 600)

# The mail of the day goes out on working days, not before seven and not in the evening: what was
# held up until then, by a worker that stood still, waits for the next morning.
DIGEST_FROM, DIGEST_UNTIL = time(7), time(17)


def digest_day(moment: datetime, country: str, zone: str) -> date | None:
    """The day whose mail may go out at a moment, by the country's clock and calendar."""
    day, hour = day_of(moment, zone), moment.astimezone(ZoneInfo(zone)).time()
    goes_out = DIGEST_FROM <= hour < DIGEST_UNTIL and is_working_day(day, country)
    return day if goes_out else None


def error_code(error: Exception) -> str:
    """What is kept of a failure: the server's number or the kind of error, never its words.

    A server's words often repeat the address, which belongs to a person.
    """
    code = _codes(error)
    return f"SMTP {code[0]}" if code else type(error).__name__


def is_final(error: Exception) -> bool:
    """Whether the server will say the same tomorrow: it knows the mailbox or the mail is wrong.

    A refused sign-in or sender is the operator's to mend, so those mails wait.
    """
    if isinstance(error, smtplib.SMTPAuthenticationError | smtplib.SMTPSenderRefused):
        return False
    codes = _codes(error)
    return bool(codes) and all(code in PERMANENT for code in codes)


def _codes(error: Exception) -> list[int]:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return [code for code, _words in error.recipients.values()]
    if isinstance(error, smtplib.SMTPResponseException):
        return [error.smtp_code]
    return []
