"""变更记录: phase changes, decisions and corrections of the year with their reasons, from the audit trail.

Of tallies it says that one was corrected and where, never the counts: they would undo what 测评票数 leaves out.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import Q

from assessment.models import LineValue, Phase, RosterEntry, Veto
from cadres.models import AuditEntry, DisciplineKind
from rewards.models import AppealOutcome, BonusRemedy, CommendationKind, FeedbackWay, MeasureOutcome, Taken, Verdict
from workbook.archive.sheet import Column, Kind, Sheet
from workbook.archive.source import ArchiveSource, local_moment

Details = dict[str, Any]


@dataclass(frozen=True)
class Part:
    """One change within an entry: of what, from what, to what, why."""

    subject: str = ""
    before: str = ""
    after: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Row:
    """A part with its entry's number, time, author and matter."""

    number: int
    at: datetime
    who: str
    matter: str
    part: Part = field(default_factory=Part)


def changes_sheet(source: ArchiveSource) -> Sheet[Row]:
    columns = (
        Column[Row]("序号", lambda row: row.number, Kind.COUNT, 8),
        Column[Row]("时间", lambda row: row.at, Kind.MOMENT, 18),
        Column[Row]("操作人", lambda row: row.who, width=14),
        Column[Row]("事项", lambda row: row.matter, width=16),
        Column[Row]("对象", lambda row: row.part.subject, Kind.LONG_TEXT, 32),
        Column[Row]("变更前", lambda row: row.part.before, Kind.LONG_TEXT, 26),
        Column[Row]("变更后", lambda row: row.part.after, Kind.LONG_TEXT, 26),
        Column[Row]("理由", lambda row: row.part.reason, Kind.LONG_TEXT, 36),
    )
    return Sheet("变更记录", columns, list(_rows(source)))


def _rows(source: ArchiveSource) -> Iterator[Row]:
    wanted = Q(year=source.year.number, action__in=MATTERS) | Q(action__in=OF_PEOPLE)
    entries = AuditEntry.objects.filter(wanted, refused=False).select_related("actor").order_by("number")
    people = {cadre.input.number for cadre in source.result.cadres}
    for entry in entries:
        if entry.action in OF_PEOPLE and not _concerns(entry.details, source.year.number, people):
            continue
        matter, parts = (MATTERS | OF_PEOPLE)[entry.action]
        who = entry.actor.name if entry.actor else entry.actor_name
        for part in parts(entry.subject, entry.details):
            yield Row(entry.number, local_moment(entry.at), who, matter, part)


def _concerns(details: Details, year: int, people: set[str]) -> bool:
    """A sanction of somebody on the roster that was in force on a day of the year."""
    start, end = details["start"][:4], details["end"][:4]
    return details["number"] in people and int(start) <= year and (not end or int(end) >= year)


def _phase(subject: str, details: Details) -> Iterator[Part]:
    before, after = (str(Phase(details[key]).label) for key in ("from", "to"))
    yield Part("考评年度", before, after, details.get("reason", ""))


def _scheme(subject: str, details: Details) -> Iterator[Part]:
    reason = details.get("reason", "")
    for where, before, after in details.get("differences", ()):
        yield Part(where, before, after, reason)


def _reasoned(subject: str, details: Details) -> Iterator[Part]:
    yield Part(subject, reason=details.get("reason", ""))


def _grades(subject: str, details: Details) -> Iterator[Part]:
    for decision in details.get("decisions", ()):
        texts = {name: (before, after) for name, before, after in decision["fields"]}
        before, after = texts.get("grade", ("", "（未变）"))
        yield Part(decision["subject"], before or "", after, texts.get("reason", ("", ""))[1])


def _remedy(subject: str, details: Details) -> Iterator[Part]:
    remedy = str(BonusRemedy(details["remedy"]).label)
    yield Part("奖金", after=" ".join(filter(None, (remedy, details.get("pool")))), reason=details.get("reason", ""))


def _confirmed(subject: str, details: Details) -> Iterator[Part]:
    yield Part("奖金", after=f"奖金合计 {details['awards']}，实发 {details['paid']}", reason=details.get("reason", ""))


def _measure(subject: str, details: Details) -> Iterator[Part]:
    words = [Verdict(details["verdict"]).label, details["document"]]
    if details["taken"]:
        words.insert(1, Taken(details["taken"]).label)
    yield Part(subject, after=" ".join(str(word) for word in words if word), reason=details["reason"])


def _follow_up(subject: str, details: Details) -> Iterator[Part]:
    """A talk tells its day alone, a review what was found."""
    outcome = str(MeasureOutcome(details["outcome"]).label) if details.get("outcome") else ""
    words = (details["on"], outcome, details.get("deadline", ""))
    yield Part(subject, after=" ".join(filter(None, words)), reason=details.get("reason", ""))


def _told(subject: str, details: Details) -> Iterator[Part]:
    way = FeedbackWay(details["way"]).label
    yield Part("、".join(details["subjects"]), after=f"{way} {details['given_on']}", reason=details.get("reason", ""))


def _bulletin(subject: str, details: Details) -> Iterator[Part]:
    yield Part(subject or details["title"], after=details.get("document", ""), reason=details.get("reason", ""))


def _commended(subject: str, details: Details) -> Iterator[Part]:
    kind = CommendationKind(details["kind"]).label
    yield Part("、".join(details["subjects"]), after=f"{kind} {details['document']}", reason=details.get("reason", ""))


def _corrected(model: type[models.Model]) -> Callable[[str, Details], Iterator[Part]]:
    """Rows that existed and were changed, field by field."""

    def parts(subject: str, details: Details) -> Iterator[Part]:
        for change in details.get("changed", ()):
            for name, before, after in change["fields"]:
                yield Part(f"{change['subject']} {_label(model, name)}".strip(), before or "", after or "")

    return parts


def _counts_withheld(subject: str, details: Details) -> Iterator[Part]:
    for change in details.get("changed", ()):
        yield Part(change["subject"], after="票数已更正")


def _frozen(subject: str, details: Details) -> Iterator[Part]:
    yield Part("考评成绩", after=f"第 {details['version']} 版", reason=details.get("reason", ""))


def _taken_back(subject: str, details: Details) -> Iterator[Part]:
    yield Part("考评成绩", before=f"第 {details['version']} 版", reason=details.get("reason", ""))


def _sealed(subject: str, details: Details) -> Iterator[Part]:
    yield Part("考评成绩记录", after=f"第 {details['number']} 号 {details['sha256']}")


def _sanction(subject: str, details: Details) -> Iterator[Part]:
    kind = str(DisciplineKind(details["kind"]).label)
    dates = f"{details['start']} 至 {details['end'] or '今'}"
    yield Part(subject, after=f"{kind} {details['document']}（{dates}）", reason=details["reason"])


def _label(model: type[models.Model], name: str) -> str:
    try:
        return str(getattr(model._meta.get_field(name), "verbose_name", name))
    except FieldDoesNotExist:
        return name


def _value_corrected(subject: str, details: Details) -> Iterator[Part]:
    """Under review, with its reason."""
    for part in _corrected(LineValue)(subject, details):
        yield replace(part, reason=details.get("reason", ""))


def _tally_corrected(subject: str, details: Details) -> Iterator[Part]:
    yield Part(subject, after="票数已更正", reason=details.get("reason", ""))


def _appeal(subject: str, details: Details) -> Iterator[Part]:
    yield Part(subject, after=str(AppealOutcome(details["outcome"]).label), reason=details.get("findings", ""))


MATTERS: dict[str, tuple[str, Callable[[str, Details], Iterator[Part]]]] = {
    "year_phase": ("阶段变更", _phase),
    "scheme_save": ("考评办法", _scheme),
    "roster_save": ("名册更正", _corrected(RosterEntry)),
    "roster_remove": ("移出名册", _reasoned),
    "vacancy_state": ("空缺说明", _reasoned),
    "vacancy_withdraw": ("撤回空缺", _reasoned),
    "values_save": ("目标完成更正", _corrected(LineValue)),
    "value_entries_confirm": ("目标完成更正", _corrected(LineValue)),
    "vetoes_save": ("否决更正", _corrected(Veto)),
    "veto_revoke": ("撤销否决", _reasoned),
    "township_tallies_save": ("票数更正", _counts_withheld),
    "cadre_tallies_save": ("票数更正", _counts_withheld),
    "grade_decisions_save": ("档次决定", _grades),
    "appeal_decide": ("复核结论", _appeal),
    "value_correct": ("复核更正目标完成", _value_corrected),
    "tally_correct": ("复核更正票数", _tally_corrected),
    "version_freeze": ("确认成绩", _frozen),
    "version_reopen": ("撤回确认", _taken_back),
    "archive_seal": ("封存", _sealed),
    "bonus_remedy_choose": ("奖金超额处理", _remedy),
    "bonus_confirm": ("奖金确认", _confirmed),
    "measure_decide": ("处理决定", _measure),
    "measure_talk_record": ("处理谈话", _follow_up),
    "measure_talk_withdraw": ("撤回谈话记录", _follow_up),
    "measure_review_record": ("处理到期评估", _follow_up),
    "measure_review_withdraw": ("撤回到期评估", _follow_up),
    "feedback_record": ("结果反馈", _told),
    "feedback_withdraw": ("撤回反馈记录", _told),
    "bulletin_publish": ("发布考评通报", _bulletin),
    "bulletin_withdraw": ("撤回考评通报", _bulletin),
    "commendations_record": ("表彰奖励", _commended),
    "commendation_withdraw": ("撤回表彰奖励", _commended),
}
"""Action of the audit trail → its name in the archive, and what it holds."""

OF_PEOPLE: dict[str, tuple[str, Callable[[str, Details], Iterator[Part]]]] = {
    "discipline_record": ("登记处分", _sanction),
    "discipline_revoke": ("撤销处分记录", _sanction),
}
"""Likewise, of entries that belong to a person and no year."""
