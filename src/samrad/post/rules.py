"""States of a message, and what a mail server's answer means."""

from __future__ import annotations

import smtplib

from samrad.kernel.choices import Choices


class MessageState(Choices):
    """Withheld: at the moment of sending, the recipient was no longer to have it.

    Bounced: it went out, and the recipient's mail server sent it back. Forgotten: of what was
    settled long ago only the key is kept, so that it is never sent again.
    """

    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"
    BOUNCED = "bounced"
    WITHHELD = "withheld"
    FORGOTTEN = "forgotten"


NOT_ARRIVED = (MessageState.FAILED, MessageState.BOUNCED)
PERMANENT = range(500, 600)


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
