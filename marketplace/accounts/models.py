"""A person with an account, and the trackers that are signed in as that person."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.idp.oidc.models import Token
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.foundation.ids import new_id
from worktime.weeks import zone
from worktime.wire import MAX_DEVICE_NAME


def validate_zone(name: str) -> None:
    """Raise ValidationError when ``name`` is no IANA time zone."""
    try:
        zone(name)
    except ValueError as error:
        raise ValidationError(_("There is no time zone of that name.")) from error


class UserManager(BaseUserManager["User"]):
    """Makes accounts; the e-mail address is the login and is kept in lower case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Store a new person. Raises IntegrityError when the address has an account."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Store a new member of the staff who may do everything in the admin pages."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        """Find by address, whatever its case."""
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A client, a freelancer, a member of the staff: roles come from jobs and ``is_staff``."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=100, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC", validators=[validate_zone])
    is_staff = models.BooleanField(_("staff"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [models.UniqueConstraint(Lower("email"), name="accounts_user_email_any_case")]

    def __str__(self) -> str:
        return self.shown_name

    @property
    def shown_name(self) -> str:
        """The name, or the part of the address before the @ where none was given."""
        return self.name or self.email.partition("@")[0]

    def get_full_name(self) -> str:
        """Return the name for the provider's profile claim."""
        return self.name

    def get_short_name(self) -> str:
        """Return the name as shown."""
        return self.shown_name


class Device(models.Model):
    """A tracker that is signed in as a person: the family of tokens that began with one sign-in.

    ``installation`` is what the tracker calls itself on the wire (its ``device``); times are real time.
    ``signed_in_at`` is when somebody last signed in on it through the browser: its tokens end some time after that.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="devices")
    installation = models.UUIDField(null=True)
    name = models.CharField(_("name"), max_length=MAX_DEVICE_NAME, blank=True)
    first_used_at = models.DateTimeField()
    signed_in_at = models.DateTimeField()
    last_used_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "installation"], name="accounts_device_once")]

    def __str__(self) -> str:
        return self.name or str(self.pk)


class DeviceToken(models.Model):
    """Which tracker a living token belongs to. ``used``: the API has seen it, so the answer that brought it arrived."""

    token = models.OneToOneField(Token, on_delete=models.CASCADE, primary_key=True, related_name="device_link")
    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="tokens")
    used = models.BooleanField(default=False)


class ReplacedToken(models.Model):
    """A refresh token that was replaced, hashed. ``works_again``: nothing shows yet that its successor arrived.

    One that was not replaced after its device's ``signed_in_at`` is of an earlier sign-in.
    """

    hash = models.CharField(max_length=255, unique=True)
    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="replaced")
    scopes = models.TextField()
    replaced_at = models.DateTimeField(db_index=True)
    works_again = models.BooleanField(default=True)
