"""The trackers that are signed in: which tokens are whose, a lost answer, a stolen token, and the end of a sign-in.

Tokens are made and checked by allauth; here it is kept which tracker they belong to. Why a replaced refresh token can
work again is told in docs/decisions (sign-in). All times are real time. Writers run inside a transaction.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from allauth.idp.oidc.adapter import get_adapter
from allauth.idp.oidc.models import Token
from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from marketplace.accounts import signals
from marketplace.accounts.models import Device, DeviceToken, ReplacedToken, User

log = logging.getLogger(__name__)

GRACE = timedelta(hours=24)
"""How long a refresh token works again at most after it was replaced, and only while its successor was never used."""

NOTED_EVERY = timedelta(minutes=5)
"""How exactly the last use is known: a write for every request would be too many."""


@dataclass(frozen=True)
class Installation:
    """What a tracker says of itself when it asks for tokens; both can be missing."""

    id: UUID | None = None
    name: str = ""


@dataclass(frozen=True)
class Begun:
    """A sign-in that was noted. ``unknown``: nothing speaks for the person's having signed in there before."""

    device: Device
    unknown: bool


def devices_of(user: User) -> QuerySet[Device]:
    """Return the trackers that can send something for ``user``, the one that was used last first."""
    living = DeviceToken.objects.filter(token__type=Token.Type.REFRESH_TOKEN, token__expires_at__gt=timezone.now())
    return Device.objects.filter(user=user, pk__in=living.values("device")).order_by("-last_used_at", "pk")


def before_refresh(value: str, installation: Installation, now: datetime) -> Device | None:
    """Prepare for a refresh by ``value``; return the tracker to which it belongs, locked, None for an unknown token.

    A token that was replaced is brought back to life where its successor never arrived. Where it did, somebody has a
    token that was used already, and the whole family ends. It ends too when its time since the sign-in is over.
    """
    mark = get_adapter().hash_token(value)
    device = _locked(mark)
    if device is not None and now >= _over_at(device):
        log.info("the sign-in of device %s is over: %d days", device.pk, settings.SIGN_IN_DAYS)
        end(device.pk)
        return None
    if device is None or Token.objects.by_value(value).filter(type=Token.Type.REFRESH_TOKEN).exists():
        return device
    replaced = ReplacedToken.objects.filter(hash=mark, device=device).first()
    if replaced is None:
        return None
    if replaced.replaced_at <= device.signed_in_at:
        # Nothing ends: the sign-in in its place was made with more than an old token.
        log.warning("the sign-in of device %s was replaced, and is in use all the same", device.pk)
        signals.replaced_used.send(sender=Device, device=device, now=now)
        return None
    if replaced.works_again and now - replaced.replaced_at <= GRACE and _same(device, installation):
        _revive(replaced, now)
        return device
    log.warning("a refresh token came back after it was replaced")
    end_copied(device, now)
    return None


def after_refresh(device: Device, value: str, issued: Iterable[str], installation: Installation, now: datetime) -> None:
    """Note that ``value`` was replaced by the tokens ``issued``; whatever else the tracker had ends."""
    mark, adapter = get_adapter().hash_token(value), get_adapter()
    tokens = list(Token.objects.filter(hash__in=[adapter.hash_token(each) for each in issued]))
    device.replaced.exclude(hash=mark).update(works_again=False)
    others = Token.objects.filter(device_link__device=device).exclude(pk__in=[token.pk for token in tokens])
    # The successor that never arrived: whoever shows it now did not get it from us.
    for lost in others.filter(type=Token.Type.REFRESH_TOKEN):
        _replaced(device, lost, lost.hash, now, works_again=False)
    others.delete()
    if not device.replaced.filter(hash=mark).exists():
        _replaced(device, next(each for each in tokens if each.type == Token.Type.REFRESH_TOKEN), mark, now)
    _link(device, tokens)
    _noted(device, installation, now)


def begin(user: User, issued: Iterable[str], installation: Installation, now: datetime) -> Begun:
    """Note a new sign-in; where the same tracker was signed in as ``user`` before, its earlier tokens end.

    The installation's id is only what the tracker says. So it is unknown where nothing of an earlier sign-in lives any
    more, and where it is another client or has another name than there.
    """
    adapter = get_adapter()
    tokens = list(Token.objects.filter(hash__in=[adapter.hash_token(each) for each in issued]))
    device = earlier = None
    if installation.id is not None:
        device = Device.objects.select_for_update().filter(user=user, installation=installation.id).first()
    if device is not None:
        held = Token.objects.filter(device_link__device=device, type=Token.Type.REFRESH_TOKEN)
        earlier = held.filter(expires_at__gt=now).first()
        if earlier is None:
            end(device.pk)
    if device is None or earlier is None:
        device, unknown = _made(user, installation.id, now), True
    else:
        unknown = (
            installation.name != device.name or {token.client_id for token in tokens} - {earlier.client_id} != set()
        )
        _replace_sign_in(device, earlier, now)
    _link(device, tokens)
    _noted(device, installation, now)
    return Begun(device, unknown)


def seen(token: Token, now: datetime) -> None:
    """Note that the API was opened by an access token: the answer that brought it has arrived."""
    link = DeviceToken.objects.select_related("device").filter(token=token).first()
    if link is None:
        return
    if not link.used:
        DeviceToken.objects.filter(pk=link.pk).update(used=True)
        ReplacedToken.objects.filter(device=link.device_id, works_again=True).update(works_again=False)
    if now - link.device.last_used_at >= NOTED_EVERY:
        Device.objects.filter(pk=link.device_id).update(last_used_at=now)


def device_by_token(value: str) -> Device | None:
    """Return the tracker that has a token, whichever of its two, or had it before its last one.

    A token from before its last sign-in speaks for it no more.
    """
    mark = get_adapter().hash_token(value)
    before = Q(replaced__hash=mark, replaced__replaced_at__gt=F("signed_in_at"))
    return Device.objects.filter(Q(tokens__token__hash=mark) | before).first()


def end(device: UUID) -> None:
    """Sign a tracker out, at once: access and refresh token open nothing any more.

    A refresh that is under way has its tokens by then, or finds none: both wait for the tracker's row.
    """
    held = Device.objects.select_for_update().filter(pk=device).first()
    if held is not None:
        Token.objects.filter(device_link__device=held).delete()
        held.delete()


def end_copied(device: Device, now: datetime) -> None:
    """Sign a tracker out of which somebody else has a token, and say so."""
    log.warning("the sign-in of device %s was copied and is ended", device.pk)
    signals.copied.send(sender=Device, device=device, now=now)
    end(device.pk)


def clear(now: datetime) -> None:
    """Forget trackers without any token, and replaced tokens that would have expired by now."""
    Device.objects.filter(tokens__isnull=True).delete()
    life = timedelta(seconds=settings.IDP_OIDC_REFRESH_TOKEN_EXPIRES_IN)
    ReplacedToken.objects.filter(replaced_at__lt=now - life).delete()


def _locked(mark: str) -> Device | None:
    """Return the tracker of a token, living or replaced; two requests with one token wait for each other here."""
    living = Token.objects.filter(hash=mark, type=Token.Type.REFRESH_TOKEN).select_related("user").first()
    if living is not None and not DeviceToken.objects.filter(token=living).exists() and isinstance(living.user, User):
        # A token from before trackers were listed.
        device = _made(living.user, None, living.created_at)
        DeviceToken.objects.create(token=living, device=device)
    found = (
        DeviceToken.objects.filter(token__hash=mark, token__type=Token.Type.REFRESH_TOKEN).values("device").first()
        or ReplacedToken.objects.filter(hash=mark).values("device").first()
    )
    return Device.objects.select_for_update().filter(pk=found["device"]).first() if found else None


def _made(user: User, installation: UUID | None, at: datetime) -> Device:
    return Device.objects.create(
        user=user, installation=installation, first_used_at=at, last_used_at=at, signed_in_at=at
    )


def _over_at(device: Device) -> datetime:
    """Return when its tokens end however often they are used: whoever holds a copy has no more time than that."""
    return device.signed_in_at + timedelta(days=settings.SIGN_IN_DAYS)


def _same(device: Device, installation: Installation) -> bool:
    return device.installation is None or device.installation == installation.id


def _revive(replaced: ReplacedToken, now: datetime) -> None:
    """Make the token a living one again, for the one request that follows in this transaction."""
    successor = Token.objects.filter(device_link__device=replaced.device, type=Token.Type.REFRESH_TOKEN).first()
    token = Token.objects.create(
        type=Token.Type.REFRESH_TOKEN,
        hash=replaced.hash,
        client_id=successor.client_id if successor else None,
        user=replaced.device.user,
        expires_at=now + timedelta(minutes=1),
        scopes=replaced.scopes,
    )
    DeviceToken.objects.create(token=token, device=replaced.device)


def _replace_sign_in(device: Device, earlier: Token, now: datetime) -> None:
    """End the tokens of the earlier sign-in, and remember them: whoever shows one is not who has signed in now."""
    device.signed_in_at = now
    # One that was replaced while this sign-in waited for the tracker's row is of the earlier one, too.
    device.replaced.filter(replaced_at__gt=now).update(replaced_at=now)
    device.replaced.update(works_again=False)
    if not device.replaced.filter(hash=earlier.hash).exists():
        _replaced(device, earlier, earlier.hash, now, works_again=False)
    Token.objects.filter(device_link__device=device).delete()


def _replaced(device: Device, like: Token, mark: str, now: datetime, *, works_again: bool = True) -> None:
    ReplacedToken.objects.create(hash=mark, device=device, scopes=like.scopes, replaced_at=now, works_again=works_again)


def _link(device: Device, tokens: list[Token]) -> None:
    over = _over_at(device)
    Token.objects.filter(pk__in=[token.pk for token in tokens], expires_at__gt=over).update(expires_at=over)
    DeviceToken.objects.bulk_create(DeviceToken(token=token, device=device) for token in tokens)


def _noted(device: Device, installation: Installation, now: datetime) -> None:
    if installation.id is not None and installation.id != device.installation:
        for other in Device.objects.filter(user=device.user, installation=installation.id).exclude(pk=device.pk):
            end(other.pk)
        device.installation = installation.id
    device.name = installation.name or device.name
    device.last_used_at = now
    device.save()
