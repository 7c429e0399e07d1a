"""The outbox's tick: hands waiting e-mail to Django's back end, at least once, each under its fixed Message-ID.

Which back end that is (files, console, SMTP) is the settings' business.
"""

from __future__ import annotations

import logging
from smtplib import SMTPException

from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q

from marketplace.workroom.models import OutgoingMail

MAX_ATTEMPTS = 20
FIRST_PAUSE_S = 60
LONGEST_PAUSE_S = 6 * 3600
CLAIM_S = 300
"""How long a mail belongs to the worker that took it; one that died in between leaves it to the next after this."""

log = logging.getLogger(__name__)


def send_mail(*, now: int, limit: int = 50) -> int:
    """Send up to ``limit`` mails that are due at the second ``now``; return how many went.

    ``now`` is real time: it only paces the retries. A mail that fails is tried again later and does not hold up the
    ones behind it; after ``MAX_ATTEMPTS`` it is given up and stays in the outbox with its last error.
    """
    sent = 0
    for _ in range(limit):
        mail = _claim(now)
        if mail is None:
            break
        sent += _deliver(mail, now)
    return sent


def _claim(now: int) -> OutgoingMail | None:
    waiting = OutgoingMail.objects.filter(sent_at__isnull=True, given_up=False)
    due = waiting.filter(Q(next_try__isnull=True) | Q(next_try__lte=now)).order_by("id")
    if not due.exists():
        return None  # an idle tick takes no write lock
    with transaction.atomic():
        mail = due.select_for_update(skip_locked=True).first()
        if mail is not None:
            mail.attempts += 1
            mail.next_try = now + CLAIM_S
            mail.save(update_fields=["attempts", "next_try"])
        return mail


def _deliver(mail: OutgoingMail, now: int) -> bool:
    message = EmailMessage(mail.subject, mail.text, to=[mail.to], headers={"Message-ID": mail.message_id})
    try:
        message.send()
    except (OSError, SMTPException) as error:
        mail.last_error = f"{type(error).__name__}: {error}"[:500]
        mail.given_up = mail.attempts >= MAX_ATTEMPTS
        mail.next_try = now + pause_after(mail.attempts)
        log.warning("mail %s failed on attempt %d: %s", mail.message_id, mail.attempts, mail.last_error)
    else:
        mail.sent_at = now
        mail.last_error = ""
    mail.save(update_fields=["sent_at", "last_error", "given_up", "next_try"])
    return mail.sent_at is not None


def pause_after(attempts: int) -> int:
    """Return the seconds to wait after the ``attempts``-th failure: doubling from a minute up to six hours."""
    return min(LONGEST_PAUSE_S, FIRST_PAUSE_S << min(attempts - 1, 16))
