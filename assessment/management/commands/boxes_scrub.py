from typing import Any

from django.core.management.base import BaseCommand, CommandError

from assessment.services.scrub import boxes_scrub


class Command(BaseCommand):
    help = "Overwrite what closed boxes left in the database's files, where it could not be done when they were closed."

    def handle(self, *args: Any, **options: Any) -> None:
        if not boxes_scrub():
            raise CommandError("Somebody is using the database's files: try again when it is quiet.")
        self.stdout.write("No closed box waits for its free space to be scrubbed.")
