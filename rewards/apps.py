from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RewardsConfig(AppConfig):
    name = "rewards"
    verbose_name = _("Rewards")

    def ready(self) -> None:
        from assessment.models import Phase
        from assessment.selectors.checklist import checks_add
        from assessment.services.year import on_back, on_forward
        from assessment.waiting import waiting_add
        from rewards import (
            checks,
            permissions,  # noqa: F401  registers who may do what
        )
        from rewards.presenters.appeal_waiting import appeals_waiting
        from rewards.presenters.grade_waiting import grades_to_decide
        from rewards.presenters.leader_lines import leader_lines
        from rewards.presenters.letter import letter_lines
        from rewards.presenters.measure_waiting import measures_waiting
        from rewards.selectors.grade import decided_team_grades
        from rewards.services.conclusion import results_confirm, results_reopen
        from rewards.what_if import money_if
        from scoring.results import decided_team_grades_from
        from scoring.what_if import money_from

        decided_team_grades_from(decided_team_grades)
        money_from(money_if)
        checks_add(Phase.CLOSED, *checks.BEFORE_CONFIRMING)
        checks_add(Phase.CONFIRMED, *checks.BEFORE_PUBLISHING)
        checks_add(Phase.PUBLISHED, *checks.BEFORE_ARCHIVING)
        on_forward(Phase.CONFIRMED, results_confirm)
        on_back(Phase.CONFIRMED, results_reopen)
        waiting_add(grades_to_decide, measures_waiting, appeals_waiting, letter_lines, leader_lines)
