"""Words for what the audit trail stores as codes; the trail's vocabulary is that of all apps."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadres.models import DisciplineKind, Role
from cadres.services.audit import ANONYMOUS, COMMAND_LINE

ACTIONS = {
    "sign_in": gettext_lazy("signed in"),
    "sign_out": gettext_lazy("signed out"),
    "refused": gettext_lazy("asked for what the role does not allow"),
    "audit_verify": gettext_lazy("verified the audit trail"),
    "account_create": gettext_lazy("created an account"),
    "account_update": gettext_lazy("changed an account"),
    "account_set_password": gettext_lazy("set a password"),
    "townships_save": gettext_lazy("saved townships"),
    "departments_save": gettext_lazy("saved departments"),
    "unit_save": gettext_lazy("saved a unit"),
    "posts_save": gettext_lazy("saved the list of posts"),
    "post_save": gettext_lazy("saved a post"),
    "post_shift": gettext_lazy("moved a post in the list"),
    "cadres_save": gettext_lazy("saved cadres"),
    "cadre_create": gettext_lazy("recorded a cadre"),
    "cadre_move": gettext_lazy("recorded an appointment"),
    "cadre_leave": gettext_lazy("recorded the end of service"),
    "appointment_update": gettext_lazy("corrected an appointment"),
    "discipline_record": gettext_lazy("recorded a sanction"),
    "discipline_revoke": gettext_lazy("revoked a disciplinary record"),
    "year_create": gettext_lazy("created a year"),
    "year_phase": gettext_lazy("moved a year to another phase"),
    "year_townships_set": gettext_lazy("set the townships of a year"),
    "scheme_save": gettext_lazy("saved a scheme"),
    "draft_create": gettext_lazy("kept a draft of a scheme"),
    "draft_describe": gettext_lazy("renamed a draft of a scheme or changed its note"),
    "draft_replace": gettext_lazy("changed a draft of a scheme"),
    "draft_remove": gettext_lazy("removed a draft of a scheme"),
    "draft_adopt": gettext_lazy("adopted a draft as the next year's scheme"),
    "roster_save": gettext_lazy("saved the roster"),
    "roster_remove": gettext_lazy("took a cadre off the roster"),
    "vacancy_state": gettext_lazy("stated a vacancy"),
    "vacancy_withdraw": gettext_lazy("withdrew a vacancy"),
    "values_save": gettext_lazy("saved target values"),
    "value_entries_save": gettext_lazy("entered target values, to be confirmed"),
    "value_entries_confirm": gettext_lazy("confirmed target values"),
    "value_entries_return": gettext_lazy("returned target values"),
    "evidence_add": gettext_lazy("attached evidence"),
    "evidence_withdraw": gettext_lazy("withdrew evidence"),
    "notice_save": gettext_lazy("saved the notice of assessment"),
    "team_save": gettext_lazy("saved an assessment team"),
    "team_remove": gettext_lazy("dissolved an assessment team"),
    "vetoes_save": gettext_lazy("recorded vetoes"),
    "veto_revoke": gettext_lazy("revoked a veto"),
    "township_tallies_save": gettext_lazy("saved tallies of teams"),
    "cadre_tallies_save": gettext_lazy("saved tallies of cadres"),
    "grade_decisions_save": gettext_lazy("recorded decided grades"),
    "version_freeze": gettext_lazy("confirmed results as a version"),
    "version_reopen": gettext_lazy("took a confirmed version back"),
    "past_results_save": gettext_lazy("recorded results of earlier years"),
    "promotion_check": gettext_lazy("checked a shortlist for promotion"),
    "certificate_issue": gettext_lazy("issued a certificate of assessment"),
    "certificate_revoke": gettext_lazy("revoked a certificate of assessment"),
    "bonus_remedy_choose": gettext_lazy("chose how the bonus fits the pool"),
    "bonus_confirm": gettext_lazy("confirmed the bonus"),
    "measure_decide": gettext_lazy("recorded a decision on a measure"),
    "measure_talk_record": gettext_lazy("recorded a talk under a measure"),
    "measure_talk_withdraw": gettext_lazy("withdrew the record of a talk under a measure"),
    "measure_review_record": gettext_lazy("recorded the review of a measure"),
    "measure_review_withdraw": gettext_lazy("withdrew the review of a measure"),
    "feedback_record": gettext_lazy("recorded feedback"),
    "feedback_withdraw": gettext_lazy("withdrew a feedback record"),
    "letters_write": gettext_lazy("had letters written"),
    "letters_export": gettext_lazy("took letters as a file"),
    "bulletin_publish": gettext_lazy("published a bulletin"),
    "bulletin_withdraw": gettext_lazy("withdrew a bulletin"),
    "commendations_record": gettext_lazy("recorded commendations"),
    "commendation_withdraw": gettext_lazy("withdrew a commendation"),
    "box_create": gettext_lazy("prepared a ballot box"),
    "box_prepare": gettext_lazy("changed the preparation of a ballot box"),
    "box_open": gettext_lazy("opened a ballot box"),
    "box_present_correct": gettext_lazy("corrected how many are present at an open ballot box"),
    "box_close": gettext_lazy("closed a ballot box"),
    "box_count": gettext_lazy("counted a ballot box"),
    "box_make_void": gettext_lazy("made a ballot box void"),
    "box_clear": gettext_lazy("cleared a rehearsal"),
    "paper_key": gettext_lazy("keyed a count of paper ballots"),
    "paper_decide": gettext_lazy("decided between two counts of paper ballots"),
    "paper_rekey": gettext_lazy("had paper ballots keyed again"),
    "sheet_round_open": gettext_lazy("opened a round of sheets"),
    "sheet_round_close": gettext_lazy("closed a round of sheets"),
    "sheet_round_reopen": gettext_lazy("re-opened a round of sheets"),
    "sheet_sign": gettext_lazy("signed an evaluation sheet"),
    "sheet_return": gettext_lazy("returned an evaluation sheet"),
    "sheet_read": gettext_lazy("read somebody's signed sheet"),
    "recusal_declare": gettext_lazy("recorded a recusal"),
    "recusal_withdraw": gettext_lazy("withdrew a recusal"),
    "slips_draw": gettext_lazy("drew slips for voting"),
    "slip_make_void": gettext_lazy("made a slip void"),
    "vote_refused": gettext_lazy("tried to vote with a slip that is used or void, or after the end"),
    "interview_targets_save": gettext_lazy("saved how many are to be interviewed"),
    "interview_record": gettext_lazy("recorded an interview"),
    "interview_correct": gettext_lazy("corrected an interview"),
    "interview_withdraw": gettext_lazy("withdrew an interview"),
    "opinion_record": gettext_lazy("recorded a solicited opinion"),
    "opinion_correct": gettext_lazy("corrected a solicited opinion"),
    "opinion_withdraw": gettext_lazy("withdrew a solicited opinion"),
    "note_record": gettext_lazy("recorded a daily note"),
    "note_correct": gettext_lazy("corrected a daily note"),
    "note_withdraw": gettext_lazy("withdrew a daily note"),
    "appeal_receive": gettext_lazy("received an appeal"),
    "appeal_read": gettext_lazy("read a contested input again"),
    "appeal_decide": gettext_lazy("decided on an appeal"),
    "value_correct": gettext_lazy("corrected a target value under review"),
    "tally_correct": gettext_lazy("corrected a tally under review"),
    "year_import": gettext_lazy("imported a workbook"),
    "archive_seal": gettext_lazy("sealed the record of an archived year"),
    "seals_verify": gettext_lazy("verified the seals of archived years"),
    "archive_export": gettext_lazy("exported the archive"),
    "record_export": gettext_lazy("exported a year"),
    "bonus_sheet_export": gettext_lazy("exported the bonus sheets"),
}

DETAILS = {
    "added": gettext_lazy("added"),
    "changed": gettext_lazy("changed"),
    "letters": gettext_lazy("letters"),
    "reason": gettext_lazy("reason"),
    "outcome": gettext_lazy("outcome"),
    "findings": gettext_lazy("findings"),
    "inputs": gettext_lazy("inputs"),
    "due": gettext_lazy("due"),
    "decides": gettext_lazy("decides"),
    "reading": gettext_lazy("reading"),
    "on_suggested": gettext_lazy("on suggested grades"),
    "role": gettext_lazy("role"),
    "name": gettext_lazy("name"),
    "code": gettext_lazy("code"),
    "number": gettext_lazy("number"),
    "order": gettext_lazy("order"),
    "is_active": gettext_lazy("in use"),
    "phone": gettext_lazy("phone"),
    "contact": gettext_lazy("contact"),
    "members": gettext_lazy("members"),
    "field_from": gettext_lazy("field work from"),
    "field_until": gettext_lazy("field work until"),
    "remarks": gettext_lazy("remarks"),
    "is_principal": gettext_lazy("principal"),
    "single_holder": gettext_lazy("one holder per township"),
    "in_bonus": gettext_lazy("shares in the bonus"),
    "side": gettext_lazy("side"),
    "township": gettext_lazy("township"),
    "townships": gettext_lazy("townships"),
    "department": gettext_lazy("department"),
    "post": gettext_lazy("post"),
    "posts": gettext_lazy("posts"),
    "second_post": gettext_lazy("second post"),
    "start": gettext_lazy("from"),
    "end": gettext_lazy("until"),
    "on": gettext_lazy("on"),
    "last": gettext_lazy("last day"),
    "from": gettext_lazy("from"),
    "to": gettext_lazy("to"),
    "version": gettext_lazy("version"),
    "differences": gettext_lazy("differences"),
    "copied_from": gettext_lazy("copied from"),
    "value": gettext_lazy("value"),
    "not_applicable": gettext_lazy("not applicable"),
    "not_graded": gettext_lazy("not graded"),
    "in_charge": gettext_lazy("lines in charge"),
    "entries": gettext_lazy("entries"),
    "hand": gettext_lazy("keying"),
    "round": gettext_lazy("round"),
    "people": gettext_lazy("people"),
    "broken_at": gettext_lazy("broken at"),
    "taken_back": gettext_lazy("taken back"),
    "file": gettext_lazy("file"),
    "size": gettext_lazy("size"),
    "way": gettext_lazy("how"),
    "given_on": gettext_lazy("given on"),
    "subjects": gettext_lazy("for whom"),
    "kind": gettext_lazy("kind"),
    "document": gettext_lazy("document"),
    "shown": gettext_lazy("shown"),
    "title": gettext_lazy("title"),
    "decided_by": gettext_lazy("deciding body"),
    "verdict": gettext_lazy("decision"),
    "taken": gettext_lazy("measure taken"),
    "decided_on": gettext_lazy("decided on"),
    "deadline": gettext_lazy("deadline"),
    "sha256": "SHA-256",
    "chain": gettext_lazy("chain"),
}

VALUES = {
    **dict(Role.choices),
    **dict(DisciplineKind.choices),
    "True": gettext_lazy("yes"),
    "False": gettext_lazy("no"),
    "draft": gettext_lazy("draft"),
    "announced": gettext_lazy("announced"),
    "collecting": gettext_lazy("collecting"),
    "closed": gettext_lazy("closed"),
    "confirmed": gettext_lazy("confirmed"),
    "published": gettext_lazy("published"),
    "archived": gettext_lazy("archived"),
    "own_entry": gettext_lazy("entered by the same person"),
    "other_entry": gettext_lazy("entered by someone else"),
    "other_line": gettext_lazy("a line of another department"),
    "nobody": gettext_lazy("nobody who answers for it"),
    "letter": gettext_lazy("letter"),
    "talk": gettext_lazy("talk in person"),
    "collective_talk": gettext_lazy("collective talk"),
    "meeting": gettext_lazy("collective review"),
    "media": gettext_lazy("media bulletin"),
    "praise": gettext_lazy("commendation"),
    "merit": gettext_lazy("merit citation"),
    "title": gettext_lazy("honorary title"),
    "pay_rise": gettext_lazy("pay rise"),
    "shows_team_grades": gettext_lazy("grades of the teams"),
    "shows_team_places": gettext_lazy("places of the teams"),
    "shows_team_scores": gettext_lazy("scores of the teams"),
    "shows_excellent": gettext_lazy("cadres graded 优秀"),
    "accepted": gettext_lazy("accepted"),
    "changed": gettext_lazy("changed"),
    "declined": gettext_lazy("declined"),
    "admonition": gettext_lazy("admonition talk"),
    "rectification": gettext_lazy("rectification with a deadline"),
    "post_change": gettext_lazy("change of post"),
    "yellow_card": gettext_lazy("yellow card"),
    "resignation": gettext_lazy("ordered resignation"),
    "demotion": gettext_lazy("demotion"),
    "removal": gettext_lazy("removal from post"),
    "team_adjustment": gettext_lazy("adjustment of the team"),
    "met": gettext_lazy("mended"),
    "extended": gettext_lazy("deadline extended"),
    "not_met": gettext_lazy("not mended"),
}
"""Codes that stand as values; every other value is shown as it was entered."""

PERMISSIONS = {
    "cadres.view_home": gettext_lazy("open the home page"),
    "cadres.view_units": gettext_lazy("see townships, departments and posts"),
    "cadres.view_roster": gettext_lazy("see the cadres"),
    "cadres.change_roster": gettext_lazy("change cadres, townships, departments or posts"),
    "cadres.view_discipline": gettext_lazy("see disciplinary records"),
    "cadres.change_discipline": gettext_lazy("record or revoke disciplinary records"),
    "cadres.view_accounts": gettext_lazy("see the accounts"),
    "cadres.change_accounts": gettext_lazy("change accounts"),
    "cadres.view_audit": gettext_lazy("see the audit trail"),
    "assessment.view_years": gettext_lazy("see the years"),
    "assessment.change_year": gettext_lazy("create a year or move it on"),
    "assessment.view_scheme": gettext_lazy("see the scheme"),
    "assessment.change_scheme": gettext_lazy("change the scheme"),
    "assessment.view_roster": gettext_lazy("see the roster of a year"),
    "assessment.change_roster": gettext_lazy("change the roster of a year"),
    "assessment.view_values": gettext_lazy("see target values"),
    "assessment.change_values": gettext_lazy("save target values without confirmation"),
    "assessment.enter_values": gettext_lazy("enter target values"),
    "assessment.confirm_values": gettext_lazy("confirm or return target values"),
    "assessment.view_line_entries": gettext_lazy("see the entries of a line"),
    "assessment.view_evidence": gettext_lazy("open evidence"),
    "assessment.change_evidence": gettext_lazy("attach or withdraw evidence"),
    "assessment.view_notice": gettext_lazy("see the notice of assessment"),
    "assessment.change_notice": gettext_lazy("change the notice of assessment"),
    "assessment.change_teams": gettext_lazy("change assessment teams"),
    "assessment.view_board": gettext_lazy("see the board of what is missing"),
    "assessment.view_vetoes": gettext_lazy("see vetoes"),
    "assessment.change_vetoes": gettext_lazy("record or revoke vetoes"),
    "assessment.view_tallies": gettext_lazy("see tallies"),
    "assessment.change_tallies": gettext_lazy("enter tallies"),
    "assessment.correct_inputs": gettext_lazy("correct inputs under review"),
    "assessment.view_interviews": gettext_lazy("see the coverage of interviews"),
    "assessment.change_interview_targets": gettext_lazy("enter how many are to be interviewed"),
    "assessment.view_interview_records": gettext_lazy("see records of interviews"),
    "assessment.record_interview": gettext_lazy("record or correct an interview"),
    "assessment.view_opinions": gettext_lazy("see solicited opinions"),
    "assessment.record_opinion": gettext_lazy("record or correct a solicited opinion"),
    "assessment.view_notes": gettext_lazy("see daily notes"),
    "assessment.record_note": gettext_lazy("record or correct a daily note"),
    "assessment.withdraw_record": gettext_lazy("withdraw an interview, an opinion or a note"),
    "assessment.view_records": gettext_lazy("see opinions and notes beside a result"),
    "assessment.view_sheets": gettext_lazy("see who has signed the evaluation sheets"),
    "assessment.change_sheets": gettext_lazy("open, close or return evaluation sheets"),
    "assessment.fill_sheet": gettext_lazy("fill in an evaluation sheet"),
    "assessment.view_boxes": gettext_lazy("see ballot boxes"),
    "assessment.change_boxes": gettext_lazy("conduct a ballot box or key its paper"),
    "scoring.view_overview": gettext_lazy("see the overview of a year"),
    "scoring.view_results": gettext_lazy("see scores and rankings"),
    "scoring.view_team": gettext_lazy("see a team's result"),
    "scoring.view_team_years": gettext_lazy("see a team's years"),
    "scoring.view_departments": gettext_lazy("see the ranking of departments"),
    "scoring.view_department": gettext_lazy("see a department's rating"),
    "scoring.view_counts": gettext_lazy("see the counts of votes"),
    "scoring.view_cadres": gettext_lazy("see a cadre's years and comparisons"),
    "scoring.view_versions": gettext_lazy("see earlier versions of confirmed results"),
    "scoring.view_drafts": gettext_lazy("see what would be under another scheme"),
    "scoring.change_drafts": gettext_lazy("change drafts of a scheme"),
    "scoring.preview_rule": gettext_lazy("preview a rule"),
    "rewards.view_bonus": gettext_lazy("see the bonus"),
    "rewards.change_bonus": gettext_lazy("decide on the bonus"),
    "rewards.change_grades": gettext_lazy("record decided grades"),
    "rewards.change_past_results": gettext_lazy("record results of earlier years"),
    "rewards.view_grades": gettext_lazy("see decided grades"),
    "rewards.view_history": gettext_lazy("see the cadres' earlier years"),
    "rewards.view_promotion": gettext_lazy("see promotion checks"),
    "rewards.change_promotion": gettext_lazy("check a shortlist or issue certificates"),
    "rewards.view_measures": gettext_lazy("see measures"),
    "rewards.change_measures": gettext_lazy("decide on measures or record their follow-up"),
    "rewards.view_feedback": gettext_lazy("see what was fed back"),
    "rewards.view_letter": gettext_lazy("see a feedback letter"),
    "rewards.change_feedback": gettext_lazy("write letters or record feedback"),
    "rewards.change_bulletin": gettext_lazy("publish or withdraw a bulletin"),
    "rewards.view_commendations": gettext_lazy("see commendations"),
    "rewards.change_commendations": gettext_lazy("record or withdraw commendations"),
    "rewards.view_appeals": gettext_lazy("see appeals"),
    "rewards.change_appeals": gettext_lazy("receive, read or decide appeals"),
    "workbook.import_workbook": gettext_lazy("import a workbook"),
    "workbook.view_seals": gettext_lazy("see the seals of archived years"),
}
"""Permission → what was asked for, for entries of refusals."""

ACTORS = {COMMAND_LINE: gettext_lazy("command line"), ANONYMOUS: gettext_lazy("not signed in")}

SHOWN = 200
"""Lines of one entry on the page; an import may have changed thousands."""


def action_text(action: str) -> str:
    return str(ACTIONS.get(action, action))


def subject_text(action: str, subject: str) -> str:
    """What an entry is about; a refusal names its permission in words: “see tallies · 2025”."""
    permission, _space, target = subject.partition(" ")
    if action != "refused" or permission not in PERMISSIONS:
        return subject
    return " · ".join(filter(None, (str(PERMISSIONS[permission]), target)))


def actor_text(name: str) -> str:
    return str(ACTORS.get(name, name))


def details_lines(details: dict[str, Any]) -> list[str]:
    """One line a fact: “K1 01: value 5 → 6”, “reason: …”."""
    lines = [line for key, value in details.items() for line in _lines(key, value)]
    if len(lines) > SHOWN:
        more = _("and %(count)d more") % {"count": len(lines) - SHOWN}
        return [*lines[:SHOWN], more]
    return lines


def _lines(key: str, value: Any) -> Iterator[str]:
    match value:
        case "" | None | [] | {}:
            return
        case [{"subject": _subject, "fields": _fields}, *_more]:
            for change in value:
                yield f"{change['subject']}: {', '.join(map(_field, change['fields']))}"
        case [[str(), *_parts], *_more]:
            yield from map(_field, value)
        case list():
            yield f"{_word(key)}: {', '.join(map(_value, value))}"
        case _:
            yield f"{_word(key)}: {_value(value)}"


def _field(row: list[Any]) -> str:
    """[name, old, new] → “name old → new”."""
    name, *texts = row
    return f"{_word(name)} {' → '.join('—' if text in (None, '') else _value(text) for text in texts)}".strip()


def _word(key: str) -> str:
    return str(DETAILS.get(key, key))


def _value(value: Any) -> str:
    return str(VALUES.get(str(value), value))
