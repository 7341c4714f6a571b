"""Demo accounts: one of every role, a second clerk, one for each unit, and several leaders and assessors."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.contrib.auth.hashers import PBKDF2PasswordHasher

from cadres.models import Account, Department, Role, Township
from cadres.services.account import account_create
from workbook.demo.county import DEPARTMENTS, TOWNSHIPS

DEMO_PASSWORD = "Pinglan-demo-2026"
"""Shared by all demo accounts, and printed: never for a real county's data."""

_QUICK_ROUNDS = 1000


@dataclass(frozen=True)
class DemoAccount:
    """`unit` is the code of a department or a township, blank for the other roles."""

    username: str
    name: str
    role: Role
    unit: str = ""


ACCOUNTS = (
    DemoAccount("office", "组织部 周敏", Role.OFFICE),
    DemoAccount("office2", "组织部 何健", Role.OFFICE),
    DemoAccount("office3", "组织部 梁宁", Role.OFFICE),
    DemoAccount("finance", DEPARTMENTS[0].name, Role.DEPARTMENT, DEPARTMENTS[0].code),
    DemoAccount("yunxi", TOWNSHIPS[0].name, Role.TOWNSHIP, TOWNSHIPS[0].code),
    DemoAccount("assessor", "考评一组 罗斌", Role.ASSESSOR),
    DemoAccount("leader", "县领导 曾志远", Role.LEADER),
    DemoAccount("auditor", "审计员 彭静", Role.AUDITOR),
    DemoAccount("admin", "系统管理员 于涛", Role.ADMINISTRATOR),
)
"""What run.py prints: who to sign in as."""

_LEADERS = "许海燕 蔡国栋 冯立新 曹桂芳 唐志强 谢文斌".split()
_ASSESSORS = "董晓东 余春梅 邓永刚 韩雪峰 彭丽华 肖明辉 潘建国 田玉兰".split()
_TEAMS = "一二三"

OTHERS = (
    *(DemoAccount(unit.code.lower(), unit.name, Role.DEPARTMENT, unit.code) for unit in DEPARTMENTS[1:]),
    *(DemoAccount(unit.code.lower(), unit.name, Role.TOWNSHIP, unit.code) for unit in TOWNSHIPS[1:]),
    *(DemoAccount(f"leader{order}", f"县领导 {name}", Role.LEADER) for order, name in enumerate(_LEADERS, start=2)),
    *(
        DemoAccount(f"assessor{order}", f"考评{_TEAMS[(order - 1) % 3]}组 {name}", Role.ASSESSOR)
        for order, name in enumerate(_ASSESSORS, start=2)
    ),
)


def accounts_create() -> dict[str, Account]:
    """Username → account; made by the command line, the departments' and townships' units being there."""
    units = {unit.code: unit for model in (Department, Township) for unit in model._default_manager.all()}
    with _quick_hashing():
        everybody = enumerate((*ACCOUNTS, *OTHERS))
        return {demo.username: _create(demo, units, place) for place, demo in everybody}


def _create(demo: DemoAccount, units: dict[str, Department | Township], place: int) -> Account:
    unit = units.get(demo.unit)
    return account_create(
        username=demo.username,
        name=demo.name,
        role=demo.role,
        password=DEMO_PASSWORD,
        department=unit if isinstance(unit, Department) else None,
        township=unit if isinstance(unit, Township) else None,
        phone=f"0700-82{13000 + place:05d}",
        must_change_password=False,
        by=None,
    )


@contextmanager
def _quick_hashing() -> Iterator[None]:
    """The password is printed anyway: sixty full-strength hashes would take long. Signing in strengthens it."""
    usual = PBKDF2PasswordHasher.iterations
    PBKDF2PasswordHasher.iterations = _QUICK_ROUNDS
    try:
        yield
    finally:
        PBKDF2PasswordHasher.iterations = usual
