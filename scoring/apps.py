from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ScoringConfig(AppConfig):
    name = "scoring"
    verbose_name = _("Scoring")

    def ready(self) -> None:
        from assessment.models import Phase
        from assessment.selectors.checklist import checks_add, scheme_check_add
        from scoring import (
            checks,
            permissions,  # noqa: F401  registers who may do what
        )

        checks_add(Phase.DRAFT, checks.scheme_sound)
        scheme_check_add(checks.scheme_examined)
