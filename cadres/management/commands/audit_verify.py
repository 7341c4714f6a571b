from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cadres.services.trail import audit_verify


class Command(BaseCommand):
    help = "Recompute the audit trail's digests; exit code 1 and the entry's number where it was changed or cut."

    def handle(self, *args: Any, **options: Any) -> None:
        state = audit_verify(by=None)
        if state.broken_at is not None:
            raise CommandError(f"The audit trail does not hold from entry {state.broken_at} on.")
        self.stdout.write(f"{state.length} entries hold. The last digest is {state.digest or '-'}")
