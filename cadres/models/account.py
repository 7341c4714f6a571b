from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadres.models.unit import Department, Township


class Role(models.TextChoices):
    """One account holds one role. Office, auditor and administrator are kept apart (三员分立)."""

    OFFICE = "office", _("organization department")
    DEPARTMENT = "department", _("county department")
    TOWNSHIP = "township", _("township")
    ASSESSOR = "assessor", _("assessment team")
    LEADER = "leader", _("county leader")
    AUDITOR = "auditor", _("auditor")
    ADMINISTRATOR = "administrator", _("system administrator")


class AccountManager(BaseUserManager["Account"]):
    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "Account":
        account = self.model(username=username, **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """A sign-in of one person in one role. There is no superuser: permissions come from the role alone."""

    username = models.CharField(_("user name"), max_length=40, unique=True)
    name = models.CharField(pgettext_lazy("person", "name"), max_length=40)
    role = models.CharField(_("role"), max_length=16, choices=Role.choices)
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="accounts", verbose_name=_("department")
    )
    township = models.ForeignKey(
        Township, models.PROTECT, null=True, blank=True, related_name="accounts", verbose_name=_("township")
    )
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    is_active = models.BooleanField(_("may sign in"), default=True)
    must_change_password = models.BooleanField(_("must change the password"), default=False)

    USERNAME_FIELD = "username"
    objects = AccountManager()

    class Meta:
        ordering = ["role", "username"]
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="account_role_known"),
            models.CheckConstraint(
                condition=Q(role="department", department__isnull=False)
                | (~Q(role="department") & Q(department__isnull=True)),
                name="account_department_by_role",
            ),
            models.CheckConstraint(
                condition=Q(role="township", township__isnull=False) | (~Q(role="township") & Q(township__isnull=True)),
                name="account_township_by_role",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name
