import getpass
import sys
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser, no_translations

from cadres.models import Department, Role, Township
from cadres.services.account import account_create


class Command(BaseCommand):
    help = "Open an account, such as the first administrator's. Asks for the password, or reads it from standard input."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--role", choices=Role.values, required=True)
        parser.add_argument("--name", help="the holder's name; without it the user name")
        parser.add_argument("--department", metavar="CODE", help="for the role department")
        parser.add_argument("--township", metavar="CODE", help="for the role township")
        parser.add_argument(
            "--password-stdin", action="store_true", help="read the password's line from standard input"
        )

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        password = _read_line() if options["password_stdin"] else _ask()
        try:
            account = account_create(
                username=options["username"],
                name=options["name"] or options["username"],
                role=options["role"],
                password=password,
                department=_unit(Department, options["department"]),
                township=_unit(Township, options["township"]),
                by=None,
                must_change_password=False,
            )
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        self.stdout.write(f"The account {account.username} is open.")


def _read_line() -> str:
    return sys.stdin.readline().rstrip("\r\n")


def _ask() -> str:
    password = getpass.getpass("Password: ")
    if password != getpass.getpass("Password again: "):
        raise CommandError("The two entries differ.")
    return password


def _unit(model: type[Department] | type[Township], code: str | None) -> Any:
    unit = model._default_manager.filter(code=code).first() if code else None
    if code and unit is None:
        raise CommandError(f"There is no {model._meta.model_name} with the code {code}.")
    return unit
