"""Letters as Word files: the official layout, one section a letter, nothing of the template left."""

import os
import re
import shutil
import subprocess
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from docx.enum.section import WD_SECTION
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from rewards.letters.template import FANG, HEI, SONG, TEMPLATE, document
from rewards.letters.values import Letter, LetterLine, Section
from rewards.letters.write import CHUNK, letters_file, letters_zip

LINE = LetterLine("社会治安综合治理工作", "2.76", "3", "92.00%", "2.43", "+0.33")


def a_letter(name: str = "王伟", *, rows: int = 18, mark: str = "", words: str = "得分141.67分。") -> Letter:
    return Letter(
        file_name=f"2025年度反馈书-{name}",
        mark=mark,
        title="2025年度领导干部考评结果反馈书",
        reference="（工号：0001）",
        addressee=f"云溪镇党委书记{name}同志：",
        opening="现将你2025年度考评结果反馈如下。",
        sections=(
            Section("一、得分和位次", (words,)),
            Section("二、各项得分", ("下表列出各项得分。",), (LINE,) * rows),
        ),
        closing=Section("三、申请复核", ("如有异议，可申请复核。",)),
        sender="中共平澜县委组织部",
        dated="2026年1月20日",
    )


def opened(content: bytes) -> Any:
    return Document(BytesIO(content))


def texts(word: Any) -> list[str]:
    return [paragraph.text for paragraph in word.paragraphs]


def test_every_letter_is_a_section_on_a_new_page_that_counts_from_1() -> None:
    word = opened(letters_file([a_letter("甲"), a_letter("乙"), a_letter("丙")], title="反馈书"))
    assert [section.start_type for section in word.sections] == [WD_SECTION.NEW_PAGE] * 3
    starts = [section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) for section in word.sections]
    assert starts == ["1", "1", "1"]
    assert [text for text in texts(word) if "同志" in text] == [f"云溪镇党委书记{name}同志：" for name in "甲乙丙"]


def test_a_section_ends_with_the_date_and_leaves_no_empty_paragraph() -> None:
    """Else an empty page could stand between two letters."""
    word = opened(letters_file([a_letter("甲"), a_letter("乙")], title="反馈书"))
    ends = [
        found for found in word.paragraphs if found._p.pPr is not None and found._p.pPr.find(qn("w:sectPr")) is not None
    ]
    assert [found.text for found in ends] == ["2026年1月20日"]
    assert texts(word)[-1] == "2026年1月20日"
    assert "" not in texts(word)


def test_page_is_that_of_an_official_paper() -> None:
    """GB/T 9704: A4; margins 37, 35, 28, 26 mm; the page number between dashes."""
    section = opened(letters_file([a_letter()], title="反馈书")).sections[0]
    sizes = (section.page_width, section.page_height, section.top_margin, section.bottom_margin)
    sides = (section.left_margin, section.right_margin)
    expected = [Mm(size) for size in (210, 297, 37, 35, 28, 26)]
    assert [round(size.mm) for size in (*sizes, *sides)] == [round(size.mm) for size in expected]
    footer = section.footer.paragraphs[0]._p
    assert [field.text for field in footer.iter(qn("w:instrText"))] == [" PAGE "]
    assert "".join(text.text for text in footer.iter(qn("w:t"))) == "— 1 —"


@pytest.mark.parametrize(
    ("style", "font", "size", "pitch"),
    [
        ("反馈书标题", SONG, 22, 34),
        ("反馈书正文", FANG, 16, 28),
        ("反馈书一级标题", HEI, 16, 28),
        ("反馈书表格", FANG, 12, 17),
        ("反馈书落款", FANG, 16, 28),
    ],
)
def test_fonts_of_an_official_paper(style: str, font: str, size: int, pitch: int) -> None:
    """The Chinese font is named apart from the Latin one, and what may stand in for it stands in the file."""
    word = opened(letters_file([a_letter()], title="反馈书"))
    found = word.styles[style]
    assert found.element.rPr.rFonts.get(qn("w:eastAsia")) == font
    assert (found.font.size, found.paragraph_format.line_spacing) == (Pt(size), Pt(pitch))
    fonts = ZipFile(BytesIO(letters_file([a_letter()], title="反馈书"))).read("word/fontTable.xml").decode()
    assert f'w:name="{font}"><w:altName' in fonts


def test_heading_signature_and_closing_are_kept_together() -> None:
    word = opened(letters_file([a_letter()], title="反馈书"))
    last = word.paragraphs[-4:]
    assert [found.text for found in last] == [
        "三、申请复核",
        "如有异议，可申请复核。",
        "中共平澜县委组织部",
        "2026年1月20日",
    ]
    kept = [found.paragraph_format.keep_with_next or found.style.paragraph_format.keep_with_next for found in last]
    assert kept == [True, True, True, None]


def test_table_repeats_its_header_and_splits_no_row() -> None:
    table = opened(letters_file([a_letter(rows=18)], title="反馈书")).tables[0]
    assert len(table.rows) == 19
    properties = [row._tr.trPr for row in table.rows]
    assert [found.find(qn("w:tblHeader")) is not None for found in properties] == [True] + [False] * 18
    assert all(found.find(qn("w:cantSplit")) is not None for found in properties)
    assert [cell.text for cell in table.rows[1].cells] == [
        "社会治安综合治理工作",
        "2.76",
        "3",
        "92.00%",
        "2.43",
        "+0.33",
    ]
    assert sum(column.width.mm for column in table.columns) == pytest.approx(156, abs=0.2)


def test_nothing_of_the_template_is_left() -> None:
    content = ZipFile(BytesIO(letters_file([a_letter()], title="反馈书"))).read("word/document.xml").decode()
    assert "{{" not in content
    assert "{%" not in content


def test_draft_is_marked() -> None:
    assert texts(opened(letters_file([a_letter(mark="未公布，仅供核对")], title="反馈书")))[0] == "未公布，仅供核对"
    assert texts(opened(letters_file([a_letter()], title="反馈书")))[0] == "2025年度领导干部考评结果反馈书"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("<w:p>&amp;", "<w:p>&amp;"),
        ("{{ letter.title }}", "{{ letter.title }}"),
        ("一\x00二\x0b三\n四\t五\ufffe六", "一 二 三 四 五 六"),
    ],
)
def test_what_users_typed_is_text(typed: str, read: str) -> None:
    assert f"云溪镇党委书记{read}同志：" in texts(opened(letters_file([a_letter(typed)], title=typed)))


def test_progress_is_told_in_steps_and_at_the_end() -> None:
    told: list[int] = []
    letters_file([a_letter(rows=1)] * (2 * CHUNK + 3), title="反馈书", progress=told.append)
    assert told == [CHUNK, 2 * CHUNK, 2 * CHUNK + 3]


def test_a_file_each_under_names_that_every_system_takes() -> None:
    archive = ZipFile(BytesIO(letters_zip([a_letter("王伟"), a_letter("a/b:c")])))
    assert archive.namelist() == ["2025年度反馈书-王伟.docx", "2025年度反馈书-a_b_c.docx"]
    assert "云溪镇党委书记王伟同志：" in texts(opened(archive.read("2025年度反馈书-王伟.docx")))


def test_the_template_is_what_its_script_makes() -> None:
    made = BytesIO()
    document().save(made)
    ours, stored = ZipFile(made), ZipFile(TEMPLATE)
    parts = ("word/document.xml", "word/styles.xml", "word/fontTable.xml", "word/footer1.xml")
    assert {part: stored.read(part) for part in parts} == {part: ours.read(part) for part in parts}


SOFFICE = shutil.which("soffice")


@pytest.mark.skipif(not SOFFICE and not os.environ.get("CI"), reason="LibreOffice is not installed here")
def test_libreoffice_lays_out_every_letter_without_an_empty_page(tmp_path: Path) -> None:
    """A long letter takes two pages, a short one one; a name of sixty characters and long words move no border."""
    long = a_letter("云溪" * 30, words="得分141.67分，在全县乡镇领导班子中居第2名。" * 12)
    short = replace(a_letter(rows=0), sections=(Section("一、不定等次的情况", ("不计分。",)),))
    path = tmp_path / "letters.docx"
    path.write_bytes(letters_file([long, short, long], title="反馈书"))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [str(SOFFICE), profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, timeout=180, capture_output=True)
    assert len(re.findall(rb"/Type\s*/Page\b", (tmp_path / "letters.pdf").read_bytes())) == 5
