from typing import Any

from django.core.management.base import BaseCommand

from cadres.models import Account
from workbook.demo.accounts import ACCOUNTS, DEMO_PASSWORD


class Command(BaseCommand):
    help = "Print one demo account a role, where the database holds them."

    def handle(self, *args: Any, **options: Any) -> None:
        present = set(Account.objects.filter(is_active=True).values_list("username", flat=True))
        held = [account for account in ACCOUNTS if account.username in present]
        for account in held:
            self.stdout.write(f"  {account.username:<10} {account.role.label} ({account.name})")
        if held:
            self.stdout.write(f"  password   {DEMO_PASSWORD}")
