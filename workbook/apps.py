from django.apps import AppConfig


class WorkbookConfig(AppConfig):
    name = "workbook"

    def ready(self) -> None:
        from workbook import permissions  # noqa: F401  registers who may do what
