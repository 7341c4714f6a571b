"""An archived year is sealed: its record, a digest, a chain; verified by one command years later (RULES Y1)."""

import hashlib
import json
from collections.abc import Callable
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from openpyxl import load_workbook

from assessment.models import AssessmentYear, Phase
from assessment.services.year import year_archive, year_confirm, year_publish, year_step_back
from cadres.models import Account, AuditEntry
from cadres.models.append_only import AppendOnlyError
from scoring.models import FrozenLine, FrozenTeam, ResultVersion
from scoring.results import results_forget
from scoring.selectors.version import version_intact
from tests.conftest import ClientFor
from tests.county import ladder
from tests.rewards.committee import outstanding
from workbook.archive.export import archive_export, record_export
from workbook.models import ArchiveSeal
from workbook.score_json import canonical_text, record_digest, score_record
from workbook.selectors.seal import SealProblem, seals_state
from workbook.services.seal import seals_verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def archived(db: None) -> AssessmentYear:
    """A small year, confirmed, published and sealed."""
    return archive(outstanding(ladder(2, members=(("党委书记", True),))))


def archive(year: AssessmentYear) -> AssessmentYear:
    for step in (year_confirm, year_publish, year_archive):
        step(year=year, by=None)
    return year


def sealed_again(year: AssessmentYear) -> None:
    """Taken back to published and archived once more."""
    year_step_back(year=year, reason="补充材料", by=None)
    year_archive(year=year, by=None)


def verify(*arguments: str) -> str:
    out = StringIO()
    call_command("archive_verify", *arguments, stdout=out)
    return out.getvalue()


# What a seal is


def test_the_seal_holds_the_record_of_the_version_in_force(archived: AssessmentYear) -> None:
    seal, record = ArchiveSeal.objects.get(), score_record(archived)
    assert (seal.year, seal.number, seal.previous) == (archived, 1, "")
    assert (seal.record, seal.digest) == (canonical_text(record), record_digest(record))
    assert seal.digest == hashlib.sha256(seal.record.encode()).hexdigest()
    assert seal.chain == hashlib.sha256(seal.digest.encode()).hexdigest()


def test_each_seal_is_chained_to_the_one_before(archived: AssessmentYear) -> None:
    sealed_again(archived)
    second, first = ArchiveSeal.objects.all()
    assert (second.number, second.previous) == (2, first.chain)
    assert second.chain == hashlib.sha256((first.chain + second.digest).encode()).hexdigest()
    assert first.digest == second.digest


def test_sealing_leaves_its_entry(archived: AssessmentYear) -> None:
    seal = ArchiveSeal.objects.get()
    details = {"number": 1, "sha256": seal.digest, "chain": seal.chain}
    assert AuditEntry.objects.get(action="archive_seal").details == details


def test_a_seal_is_never_changed(archived: AssessmentYear) -> None:
    seal = ArchiveSeal.objects.get()
    for change in (seal.save, seal.delete, ArchiveSeal.objects.all().delete):
        with pytest.raises(AppendOnlyError):
            change()
    with pytest.raises(AppendOnlyError):
        ArchiveSeal.objects.update(digest="")


def test_the_record_downloaded_is_the_one_sealed(archived: AssessmentYear) -> None:
    assert canonical_text(json.loads(record_export(year=archived, by=None))) == ArchiveSeal.objects.get().record


def test_the_archive_tells_seal_and_version(archived: AssessmentYear) -> None:
    seal, version = ArchiveSeal.objects.get(), ResultVersion.objects.get()
    book = load_workbook(BytesIO(archive_export(year=archived, by=None)))
    cover = {row[0]: str(row[1]) for row in book["封面"].iter_rows(values_only=True)}
    assert (cover["封存摘要"], cover["封存链"], cover["成绩记录的 SHA-256"]) == (seal.digest, seal.chain, seal.digest)
    assert [cover["封存"].split("，")[0], cover["成绩版本"].split("，")[0]] == ["第 1 号", f"第 {version.number} 版"]
    changes = [row[3:7] for row in book["变更记录"].iter_rows(values_only=True)]
    assert ("确认成绩", "考评成绩", None, "第 1 版") in changes
    assert ("封存", "考评成绩记录", None, f"第 1 号 {seal.digest}") in changes


def test_a_year_that_is_open_has_neither() -> None:
    year = outstanding(ladder(1))
    book = load_workbook(BytesIO(archive_export(year=year, by=None)))
    cover = {row[0]: str(row[1]) for row in book["封面"].iter_rows(values_only=True)}
    assert (cover["封存"], cover["封存摘要"], cover["成绩版本"]) == ("尚未封存", "—", "尚未确认，按现有数据计算")


# What verification finds


def test_everything_holds(archived: AssessmentYear) -> None:
    sealed_again(archived)
    state = seals_state()
    assert (state.holds, [each.problems for each in state.states]) == (True, [(), ()])
    assert state.chain == ArchiveSeal.objects.get(number=2).chain
    assert verify().splitlines()[-1].endswith(state.chain)


def past_the_models(sql: str) -> None:
    """As somebody with the database would."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
    results_forget()


@pytest.mark.parametrize(
    ("tampered", "problems"),
    [
        ("UPDATE workbook_archiveseal SET record = replace(record, '100.00', '99.00') WHERE number = 1",
         [(SealProblem.RECORD,), ()]),
        ("UPDATE workbook_archiveseal SET digest = '00' WHERE number = 1",
         [(SealProblem.RECORD, SealProblem.CHAIN, SealProblem.TRAIL), ()]),
        ("UPDATE workbook_archiveseal SET chain = '00' WHERE number = 1",
         [(SealProblem.CHAIN, SealProblem.TRAIL), (SealProblem.CHAIN,)]),
        ("UPDATE workbook_archiveseal SET previous = '00' WHERE number = 2", [(), (SealProblem.CHAIN,)]),
        ("DELETE FROM workbook_archiveseal WHERE number = 1", [(SealProblem.CHAIN,)]),
        ("DELETE FROM workbook_archiveseal WHERE number = 2", [()]),
        ("UPDATE scoring_frozenteam SET grade = '实绩较差' WHERE rank = 1", [(SealProblem.RESULTS,)] * 2),
        ("UPDATE scoring_frozenteam SET total = 1 WHERE rank = 1", [(SealProblem.RESULTS,)] * 2),
        ("UPDATE scoring_frozencadre SET rank_county = 7 WHERE rank_county = 1", [(SealProblem.RESULTS,)] * 2),
        ("UPDATE scoring_frozenline SET points = 1 WHERE code = 'K1'", [(SealProblem.RESULTS,)] * 2),
        ("DELETE FROM scoring_frozenline WHERE code = 'C1'", [(SealProblem.RESULTS,)] * 2),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_whatever_was_touched_is_found(
    archived: AssessmentYear, tampered: str, problems: list[tuple[SealProblem, ...]]
) -> None:
    sealed_again(archived)
    assert seals_state().holds
    past_the_models(tampered)
    state = seals_state()
    assert (state.holds, [each.problems for each in state.states]) == (False, problems)
    with pytest.raises(CommandError):
        verify()


def test_a_seal_that_was_removed_is_missed(archived: AssessmentYear) -> None:
    past_the_models("DELETE FROM workbook_archiveseal")
    state = seals_state()
    assert (state.lost, state.unsealed) == ((2025,), (2025,))


def test_a_year_archived_past_the_services_is_named(archived: AssessmentYear) -> None:
    AssessmentYear.objects.create(number=2024, phase=Phase.ARCHIVED, published_on="2025-01-15")
    assert seals_state().unsealed == (2024,)


def test_a_version_that_was_not_touched_is_intact(archived: AssessmentYear) -> None:
    assert version_intact(ResultVersion.objects.get())
    assert (FrozenTeam.objects.count(), FrozenLine.objects.exists()) == (2, True)


def test_no_seal_at_all_holds(db: None) -> None:
    assert seals_state().holds
    assert verify().splitlines()[-1].endswith("-")


# A record file


def test_a_record_is_known_again_however_it_is_laid_out(archived: AssessmentYear, tmp_path: Path) -> None:
    file = tmp_path / "记录.json"
    file.write_text(record_export(year=archived, by=None), encoding="utf-8")
    assert "2025" in verify(str(file)).splitlines()[1]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text.replace("100.00", "99.00"),
        lambda text: text.replace('"year": 2025', '"year": 2024'),
        lambda text: text[:-1],
        lambda text: "[]",
        lambda text: '{"year": "2025"}',
        lambda text: "",
    ],
)
def test_another_file_is_refused(archived: AssessmentYear, tmp_path: Path, spoil: Callable[[str], str]) -> None:
    file = tmp_path / "record.json"
    file.write_text(spoil(record_export(year=archived, by=None)), encoding="utf-8")
    with pytest.raises(CommandError):
        verify(str(file))


def test_a_file_that_is_not_there(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        verify(str(tmp_path / "none.json"))


# Page


def test_the_auditor_verifies_in_the_browser(archived: AssessmentYear, client_for: ClientFor) -> None:
    auditor, seal = client_for("auditor"), ArchiveSeal.objects.get()
    listed = auditor.get("/seals/")
    assert [found.number for found in listed.context["seals"]] == [1]
    assert seal.chain in listed.content.decode()
    done = auditor.post("/seals/", {})
    assert (done.context["state"].holds, done.context["problems"]) == (True, ())
    past_the_models("UPDATE workbook_archiveseal SET record = 'x'")
    assert len(auditor.post("/seals/", {}).context["problems"]) == 1


def test_the_page_tells_no_score(archived: AssessmentYear, client_for: ClientFor) -> None:
    for name in ("auditor", "office"):
        browser = client_for(name)
        pages = browser.get("/seals/").content.decode() + browser.post("/seals/", {}).content.decode()
        assert [word for word in ("T1镇", "100.00", "优秀", "实绩突出") if word in pages] == []


@pytest.mark.parametrize(("spoil", "good"), [("", True), (" ", False)])
def test_a_record_is_held_against_its_seal(
    archived: AssessmentYear, client_for: ClientFor, spoil: str, good: bool
) -> None:
    text = record_export(year=archived, by=None).replace("党委书记", f"党委书记{spoil}")
    file = SimpleUploadedFile("record.json", text.encode())
    assert client_for("auditor").post("/seals/", {"record": file}).context["verdict"][0] is good


def test_others_may_not(archived: AssessmentYear, cast: dict[str, Account]) -> None:
    for name in ("leader", "township", "department", "assessor", "administrator"):
        with pytest.raises(PermissionDenied):
            seals_verify(by=cast[name])


def test_verifying_leaves_its_entry(archived: AssessmentYear, auditor: Account) -> None:
    seals_verify(by=auditor)
    entry = AuditEntry.objects.get(action="seals_verify")
    assert (entry.actor, entry.details["broken_at"]) == (auditor, [])
