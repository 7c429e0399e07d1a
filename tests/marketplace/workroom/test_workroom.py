"""The job's room and the outbox: one mail for an act, sent once, tried again, and never in another's way."""

from __future__ import annotations

from pathlib import Path
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from pytest_django import Settings

from marketplace.accounts.limits import Limit
from marketplace.accounts.models import User
from marketplace.jobs.models import Job
from marketplace.workroom import services
from marketplace.workroom.mail import CLAIM_S, LONGEST_PAUSE_S, MAX_ATTEMPTS, pause_after, send_mail
from marketplace.workroom.models import MessageKind, OutgoingMail
from marketplace.workroom.selectors import messages_of, waiting_mail
from marketplace.workroom.services import MAX_NOTE, post_message, queue_mail
from tests.marketplace.conftest import People
from worktime.errors import FairhourError

pytestmark = pytest.mark.django_db

NOW = 1_800_000_000


def queue(people: People, key: str = "act", subject: str = "Rejected") -> OutgoingMail:
    """Queue one mail to the freelancer."""
    queue_mail(to=people.freelancer, subject=subject, text="12 minutes left the timesheet.", key=key, now=NOW)
    return OutgoingMail.objects.get(key=key)


class Broken:
    """A post office that refuses the first ``times`` mails, or all to one subject."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, times: int = 1_000_000, subject: str = "") -> None:
        self._left = times
        self._subject = subject
        self._send = EmailMessage.send
        post_office = self

        def send(message: EmailMessage, fail_silently: bool = False) -> int:
            return post_office._deliver(message)

        monkeypatch.setattr(EmailMessage, "send", send)

    def _deliver(self, message: EmailMessage) -> int:
        if self._left and self._subject in message.subject:
            self._left -= 1
            raise SMTPServerDisconnected("gone")
        return self._send(message)


def test_messages_are_read_in_the_order_in_which_they_were_written(people: People, job: Job) -> None:
    for number in range(3):
        post_message(job=job, author=people.client, kind=MessageKind.NOTE, text=f" note {number} ", now=NOW)
    post_message(job=job, author=None, kind=MessageKind.SUBMITTED, text="Submitted", now=NOW)
    assert [message.text for message in messages_of(job)] == ["note 0", "note 1", "note 2", "Submitted"]
    assert [message.text for message in messages_of(job, limit=2)] == ["note 2", "Submitted"]


@pytest.mark.parametrize("text", ["", "  \n", "x" * (MAX_NOTE + 1)])
def test_a_message_says_something_of_a_fit_length(people: People, job: Job, text: str) -> None:
    with pytest.raises(FairhourError) as refused:
        post_message(job=job, author=people.client, kind=MessageKind.NOTE, text=text, now=NOW)
    assert refused.value.problem.code == "message_length"
    assert messages_of(job) == []


def test_an_act_queues_one_mail(people: People) -> None:
    assert queue(people) == queue(people)
    assert send_mail(now=NOW) == 1
    assert send_mail(now=NOW + 1) == 0
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == ([people.freelancer.email], "Rejected")
    assert sent.extra_headers["Message-ID"] == queue(people).message_id


def test_a_subject_cannot_bring_headers_with_it(people: People) -> None:
    queue(people, subject="Job\r\nBcc: everyone@example.test")
    assert send_mail(now=NOW) == 1
    assert mail.outbox[0].subject == "Job Bcc: everyone@example.test"


def test_mail_is_a_file_by_default(people: People, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    queued = queue(people)
    send_mail(now=NOW)
    (file,) = Path(settings.EMAIL_FILE_PATH).iterdir()
    assert queued.message_id in file.read_text()


def test_a_mail_that_fails_is_tried_again_with_the_same_id(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    queued = queue(people)
    Broken(monkeypatch, times=1)
    assert send_mail(now=NOW) == 0
    queued.refresh_from_db()
    assert (queued.attempts, queued.next_try, queued.sent_at) == (1, NOW + 60, None)
    assert queued.last_error == "SMTPServerDisconnected: gone"
    assert send_mail(now=NOW + 59) == 0
    assert send_mail(now=NOW + 60) == 1
    assert mail.outbox[0].extra_headers["Message-ID"] == queued.message_id
    assert not waiting_mail().exists()


def test_a_mail_that_fails_does_not_hold_up_the_others(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    queue(people, "bad", "bad")
    queue(people, "good", "good")
    Broken(monkeypatch, subject="bad")
    assert send_mail(now=NOW) == 1
    assert [waiting.key for waiting in waiting_mail()] == ["bad"]


def test_a_mail_is_given_up_after_many_tries_and_stays_in_the_outbox(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    queued = queue(people)
    Broken(monkeypatch)
    for tried in range(MAX_ATTEMPTS + 2):
        send_mail(now=NOW + tried * LONGEST_PAUSE_S)
    queued.refresh_from_db()
    assert (queued.given_up, queued.attempts, queued.sent_at) == (True, MAX_ATTEMPTS, None)


def test_a_mail_of_a_worker_that_died_goes_out_when_its_claim_has_run_out(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue(people)

    def die(message: EmailMessage, fail_silently: bool = False) -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr(EmailMessage, "send", die)
        with pytest.raises(KeyboardInterrupt):
            send_mail(now=NOW)
    assert send_mail(now=NOW + CLAIM_S - 1) == 0
    assert send_mail(now=NOW + CLAIM_S) == 1


@pytest.mark.parametrize(("attempts", "seconds"), [(1, 60), (2, 120), (5, 960), (10, LONGEST_PAUSE_S), (99, 21600)])
def test_pauses_double_up_to_six_hours(attempts: int, seconds: int) -> None:
    assert pause_after(attempts) == seconds


def test_a_message_is_stored_without_nul(people: People, job: Job) -> None:
    message = post_message(job=job, author=people.client, kind=MessageKind.NOTE, text="\x00 a\x00b", now=NOW)
    assert message.text == "ab"
    with pytest.raises(FairhourError, match="message_length"):
        post_message(job=job, author=people.client, kind=MessageKind.NOTE, text="\x00", now=NOW)


def test_a_person_writes_so_many_messages_an_hour_in_all_rooms_together(
    people: People, job: Job, other_job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = [7200.0]
    monkeypatch.setattr(services, "NOTES", Limit("notes", 2, 3600, clock=lambda: at[0]))

    def write(author: User | None, kind: MessageKind = MessageKind.NOTE, room: Job = job) -> None:
        post_message(job=room, author=author, kind=kind, text="text", now=NOW)

    write(people.client)
    write(people.client, room=other_job)
    with pytest.raises(FairhourError) as refused:
        write(people.client)
    assert (refused.value.problem.code, refused.value.problem.retryable) == ("too_many_messages", True)
    write(people.client, MessageKind.REJECTED)
    write(None, MessageKind.SUBMITTED)
    write(people.freelancer)
    at[0] += 3600
    write(people.client)
