"""The outgoing mail and the queue behind it, for those who run the installation."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from samrad.access.gate import declare
from samrad.access.lookup import visible_or_404
from samrad.access.requests import ActorRequest
from samrad.access.vocabulary import Permission
from samrad.kernel.clock import now
from samrad.post import queries
from samrad.post.actions import retry_message
from samrad.post.models import Message
from samrad.work.api import Job, drop_job, retry_job


@declare(Permission.INSTALLATION_MANAGE)
@require_GET
def outbox(request: ActorRequest) -> HttpResponse:
    """What waits, what failed, and whether a worker is there."""
    return render(request, "post/outbox.html", {"outbox": queries.outbox(request.actor)})


@declare(Permission.INSTALLATION_MANAGE)
@require_POST
def retry(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Send a mail again that could not be delivered."""
    message = visible_or_404(Message, request.actor, ref=ref)
    retry_message(message=message, by=request.actor, at=now())
    messages.success(request, _("The mail will be sent again."))
    return redirect("post:outbox")


@declare(Permission.INSTALLATION_MANAGE)
@require_POST
def run_again(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Let queued work that was given up run again."""
    job = visible_or_404(Job, request.actor, ref=ref)
    retry_job(job=job, by=request.actor, at=now())
    messages.success(request, _("The work will be tried again."))
    return redirect("post:outbox")


@declare(Permission.INSTALLATION_MANAGE)
@require_POST
def drop(request: ActorRequest, ref: UUID) -> HttpResponse:
    """Drop queued work that nobody needs done any more."""
    job = visible_or_404(Job, request.actor, ref=ref)
    drop_job(job=job, by=request.actor, at=now())
    messages.success(request, _("The work is dropped."))
    return redirect("post:outbox")
