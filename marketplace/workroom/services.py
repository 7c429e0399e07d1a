"""Writing a message into a job's workroom and queueing e-mail, inside the transaction of the act that they tell of.

Nothing is sent here: a mail leaves after the transaction, by ``marketplace.workroom.mail``.
"""

from __future__ import annotations

from uuid import UUID, uuid4

from django.conf import settings
from django.utils.translation import gettext as _

from marketplace.accounts.limits import Limit
from marketplace.accounts.models import User
from marketplace.foundation.typed import typed
from marketplace.jobs.models import Job
from marketplace.workroom.models import Message, MessageKind, OutgoingMail
from worktime.errors import failure

MAX_NOTE = 4000
"""Characters in one message."""

NOTES = Limit("notes", 100, 3600)
"""Messages of one person, in all rooms together."""

MAIL_DOMAIN = "fairhour.invalid"
"""Right-hand side of the Message-IDs; a reserved name, because a self-hosted marketplace may have none."""


def post_message(
    *, job: Job, author: User | None, kind: MessageKind, text: str, now: int, segment: UUID | None = None
) -> Message:
    """Store one message of ``job``'s room; ``author`` None is the marketplace itself, ``segment`` the tile it is about.

    Raises FairhourError for a text that is empty or longer than ``MAX_NOTE`` characters, and ``too_many_messages``
    (retryable) for a note of somebody who has written ``NOTES.most`` within the hour.
    """
    text = typed(text)
    if not 0 < len(text) <= MAX_NOTE:
        raise failure(
            "message_length",
            _("Message not posted"),
            _("A message has between 1 and %(limit)d characters.") % {"limit": MAX_NOTE},
            _("Change its length and post it again."),
        )
    if author is not None and kind == MessageKind.NOTE:
        _allow_note(author)
    return Message.objects.create(job=job, author=author, kind=kind, text=text, created_at=now, segment=segment)


def _allow_note(author: User) -> None:
    who = str(author.pk)
    if NOTES.is_reached(who):
        raise failure(
            "too_many_messages",
            _("Message not posted"),
            _("You have written %(count)d messages within an hour.") % {"count": NOTES.most},
            _("Your text is still here: post it later."),
            retryable=True,
        )
    NOTES.count(who)


def queue_mail(*, to: User, subject: str, text: str, key: str, now: int, page: str = "") -> None:
    """Queue one e-mail for the act named by ``key``; the same key again queues nothing more.

    ``page``: the path of the page that it is about. It stands in the mail where the marketplace knows its own address
    (FAIRHOUR_PUBLIC_URL).
    """
    if page and settings.PUBLIC_URL:
        text = f"{text}\n\n{settings.PUBLIC_URL}{page}"
    OutgoingMail.objects.get_or_create(
        key=key,
        defaults={
            "message_id": f"<{uuid4().hex}@{MAIL_DOMAIN}>",
            "to": to.email,
            "subject": " ".join(subject.split())[:200],
            "text": text,
            "queued_at": now,
        },
    )
