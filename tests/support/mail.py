"""A mail server on loopback that keeps what it is given, for tests of real SMTP."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller


@dataclass
class Mailbox:
    """The mails that arrived, oldest first; `refuse` makes the server bounce an address."""

    host: str = "127.0.0.1"
    port: int = 0
    mails: list[EmailMessage] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)

    def refuse(self, address: str) -> None:
        """Answer 550 for this recipient from now on."""
        self.refused.add(address)

    def to(self, address: str) -> list[EmailMessage]:
        """The mails whose envelope named this recipient."""
        return [mail for mail in self.mails if address in str(mail["X-Envelope-To"]).split(", ")]

    async def handle_RCPT(  # noqa: N802 (the names are aiosmtpd's)
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: list[str]
    ) -> str:
        if address in self.refused:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        mail = message_from_bytes(envelope.content, policy=default)
        mail["X-Envelope-From"] = envelope.mail_from
        mail["X-Envelope-To"] = ", ".join(envelope.rcpt_tos)
        self.mails.append(mail)
        return "250 kept"


@contextlib.contextmanager
def mail_server() -> Iterator[Mailbox]:
    """Run the server on a free port while the block lasts."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    mailbox = Mailbox(port=port)
    controller = Controller(mailbox, hostname=mailbox.host, port=port)
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()
