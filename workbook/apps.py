from django.apps import AppConfig


class WorkbookConfig(AppConfig):
    name = "workbook"

    def ready(self) -> None:
        from assessment.models import Phase
        from assessment.services.year import on_forward
        from workbook import permissions  # noqa: F401  registers who may do what
        from workbook.services.seal import archive_seal

        on_forward(Phase.ARCHIVED, archive_seal)
