from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RewardsConfig(AppConfig):
    name = "rewards"
    verbose_name = _("Rewards")

    def ready(self) -> None:
        from rewards import permissions  # noqa: F401  registers who may do what
        from rewards.selectors.grade import decided_team_grades
        from scoring.results import decided_team_grades_from

        decided_team_grades_from(decided_team_grades)
