"""处理建议: what U2 and U3 propose, and what was decided and done about it."""

from rewards.models import MeasureDecision
from rewards.presenters.measure import evidence_texts, kind_text, remark_text, state_text
from rewards.selectors.measure import MeasureCase, measure_cases
from workbook.archive.sheet import Column, Kind, Sheet
from workbook.archive.source import ArchiveSource


def measures_sheet(source: ArchiveSource) -> Sheet[MeasureCase]:
    columns = (
        Column[MeasureCase]("对象", lambda case: case.key.code, width=14),
        Column[MeasureCase]("名称", lambda case: case.subject.name, width=14),
        Column[MeasureCase]("处理", lambda case: kind_text(case.key.kind), width=18),
        Column[MeasureCase]("条款", lambda case: case.clause, width=8),
        Column[MeasureCase]("依据年度", evidence_texts, Kind.LONG_TEXT, 22),
        Column[MeasureCase]("期限", lambda case: case.due.isoformat() if case.due else None, width=12),
        Column[MeasureCase]("状态", state_text, Kind.LONG_TEXT, 14),
        Column[MeasureCase]("决定", _decision, Kind.LONG_TEXT, 18),
        Column[MeasureCase]("决定机关", lambda case: _part(case, "decided_by"), width=16),
        Column[MeasureCase]("决定日期", lambda case: _part(case, "decided_on"), width=12),
        Column[MeasureCase]("文号", lambda case: _part(case, "document"), width=18),
        Column[MeasureCase]("理由", lambda case: _part(case, "reason"), Kind.LONG_TEXT, 28),
        Column[MeasureCase]("谈话和评估", _follow_up, Kind.LONG_TEXT, 28),
        Column[MeasureCase]("备注", remark_text, Kind.LONG_TEXT, 28),
    )
    cases = measure_cases(source.year)
    notes = [] if cases else [(f"{source.year.number}年度没有处理建议。",)]
    return Sheet("处理建议", columns, cases, notes)


def _decision(case: MeasureCase) -> str:
    """“采纳：诫勉谈话”."""
    decision = case.course.decision
    if decision is None:
        return ""
    words = (decision.get_verdict_display(), decision.get_taken_display() if decision.taken else "")
    return "：".join(str(word) for word in words if word)


def _part(case: MeasureCase, name: str) -> str:
    """Of the decision in force; days as they are written."""
    decision: MeasureDecision | None = case.course.decision
    return str(getattr(decision, name)) if decision else ""


def _follow_up(case: MeasureCase) -> str:
    """The talks and reviews that stand, day by day; never what was said."""
    talks = [f"{talk.held_on} 谈话（{talk.talker}）" for talk in case.course.talks if talk.stands]
    reviews = [f"{review.held_on} {review.get_outcome_display()}" for review in case.course.reviews if review.stands]
    return "；".join((*talks, *reviews))
