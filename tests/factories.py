"""Rows for tests, written directly; the cast that signs in through services is in conftest."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from cadres.models import Account, Appointment, Cadre, Department, Post, Role, Township

PASSWORD = "a county in spring"


class TownshipFactory(DjangoModelFactory[Township]):
    class Meta:
        model = Township
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: f"T{n:03}")
    name = factory.LazyAttribute(lambda unit: f"{unit.code}镇")


class DepartmentFactory(DjangoModelFactory[Department]):
    class Meta:
        model = Department
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: f"D{n:03}")
    name = factory.LazyAttribute(lambda unit: f"{unit.code}局")


class CadreFactory(DjangoModelFactory[Cadre]):
    class Meta:
        model = Cadre
        django_get_or_create = ("number",)

    number = factory.Sequence(lambda n: f"{n:04}")
    name = "王伟"


class AppointmentFactory(DjangoModelFactory[Appointment]):
    """A current post, by the post's name: `AppointmentFactory(cadre=…, township=…, post="党委书记")`."""

    class Meta:
        model = Appointment

    cadre = factory.SubFactory(CadreFactory)
    township = factory.SubFactory(TownshipFactory)
    start = date(2024, 1, 1)

    @classmethod
    def _adjust_kwargs(cls, **kwargs: object) -> dict[str, object]:
        post = kwargs.get("post", "副乡镇长")
        return kwargs | {"post": Post.objects.get(name=post) if isinstance(post, str) else post}


class AccountFactory(DjangoModelFactory[Account]):
    """Without a password nobody signs in; tests use force_login, or give `password=PASSWORD`."""

    class Meta:
        model = Account
        django_get_or_create = ("username",)

    role = Role.OFFICE
    username = factory.LazyAttribute(lambda account: str(account.role))
    name = factory.LazyAttribute(lambda account: f"{account.username} clerk")

    @classmethod
    def _adjust_kwargs(cls, **kwargs: object) -> dict[str, object]:
        if kwargs["role"] == Role.DEPARTMENT:
            kwargs.setdefault("department", DepartmentFactory(code="01"))
        if kwargs["role"] == Role.TOWNSHIP:
            kwargs.setdefault("township", TownshipFactory(code="01"))
        return kwargs

    @classmethod
    def _create(cls, model_class: type[Account], *args: object, **kwargs: object) -> Account:
        password = kwargs.pop("password", None)
        made: Account = super()._create(model_class, *args, **kwargs)
        if password:
            made.set_password(str(password))
            made.save()
        return made


def account(role: Role) -> Account:
    """The one account of this role; its user name is the role's."""
    return AccountFactory(role=role)
