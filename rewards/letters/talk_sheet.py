"""The Word file of a collective talk, and its template: `python -m rewards.letters.talk_sheet` makes talk_sheet.docx.

Fonts and styles are those of the letters; margins and type are smaller, so that a usual team fits on one A4 page.
The words in double braces are filled in by docxtpl from `rewards.presenters.talk_sheet.TalkSheet`.
"""

from dataclasses import asdict
from io import BytesIO
from pathlib import Path
from typing import Any

from docx.document import Document as DocumentOf
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Row
from docxtpl import DocxTemplate
from jinja2 import Environment, StrictUndefined

from rewards.letters.plain import plain
from rewards.letters.template import FANG, HEI, LATIN, SONG, blank

TEMPLATE = Path(__file__).with_name("talk_sheet.docx")

CENTER, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
STYLES: tuple[tuple[str, str, Pt, Pt, dict[str, Any]], ...] = (
    ("谈话标题", SONG, Pt(18), Pt(26), {"alignment": CENTER}),
    ("谈话标记", HEI, Pt(12), Pt(18), {"alignment": CENTER}),
    ("谈话一级标题", HEI, Pt(11.5), Pt(16), {"keep_with_next": True, "space_before": Pt(3)}),
    ("谈话正文", FANG, Pt(10.5), Pt(14), {"first_line_indent": Pt(21)}),
    ("谈话表头", HEI, Pt(9.5), Pt(12), {"alignment": CENTER}),
    ("谈话表格", FANG, Pt(9.5), Pt(12), {}),
)
"""Name, font, size, pitch, paragraph format."""

LINES = (("计分项目", "name", 38), ("得分 / 满分", "points", 21), ("中位数", "median", 14), ("相差", "difference", 16))
MEMBERS = (
    ("职务", "post", 46),
    ("姓名", "name", 28),
    ("得分", "score", 20),
    ("综合位次", "place", 34),
    ("档次", "grade", 50),
)
"""Heading, what stands in it, width in mm; of lines there are two in a row."""


def talk_sheet_file(sheet: Any) -> bytes:
    """The Word file of a TalkSheet."""
    word = DocxTemplate(str(TEMPLATE))
    word.render({"sheet": plain(asdict(sheet))}, Environment(autoescape=True, undefined=StrictUndefined))
    word.docx.core_properties.title = plain(sheet.title)
    stream = BytesIO()
    word.save(stream)
    return stream.getvalue()


def main() -> None:
    """Write the template beside this file."""
    made = blank()
    made.core_properties.title = "集体谈话提纲"
    section = made.sections[0]
    section.top_margin, section.bottom_margin = Mm(13), Mm(14)
    section.left_margin = section.right_margin = Mm(16)
    section.footer_distance = Mm(5)
    _styles(made)
    _body(made)
    made.save(str(TEMPLATE))


def _styles(made: DocumentOf) -> None:
    for name, font, size, pitch, form in STYLES:
        style: Any = made.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = made.styles["Normal"]
        style.font.size, style.font.name = size, LATIN
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
        paragraph = style.paragraph_format
        paragraph.space_before = paragraph.space_after = Pt(0)
        paragraph.line_spacing_rule, paragraph.line_spacing = WD_LINE_SPACING.EXACTLY, pitch
        for attribute, value in form.items():
            setattr(paragraph, attribute, value)


def _body(made: DocumentOf) -> None:
    def say(style: str, *texts: str) -> None:
        for text in texts:
            made.add_paragraph(text, style=style)

    def listed(name: str, none: str) -> None:
        each = (f"{{%p for text in sheet.{name} %}}", "{{ text }}", "{%p endfor %}")
        say("谈话正文", *each, f"{{%p if not sheet.{name} %}}", none, "{%p endif %}")

    say("谈话标题", "{{ sheet.title }}")
    say("谈话标记", "{%p if sheet.mark %}", "【{{ sheet.mark }}】", "{%p endif %}")
    say("谈话一级标题", "一、考评结果")
    listed("result", "无。")
    _lines(made)
    say("谈话一级标题", "二、主要弱项")
    listed("weak", "没有低于全县中位数的项目。")
    say("谈话一级标题", "三、班子成员")
    _members(made)
    say("谈话一级标题", "四、处理建议和决定")
    listed("measures", "无。")
    say("谈话一级标题", "五、征求意见和平时考核（不计分）")
    listed("opinions", "没有征求意见记录。")
    listed("notes", "没有平时考核记录。")
    say("谈话一级标题", "六、谈话要点")
    _space(made)
    say("谈话正文", "谈话人签名：　　　　　　　　班子代表签名：　　　　　　　　时间：　　　　　　　　地点：")


def _lines(made: DocumentOf) -> None:
    table = made.add_table(rows=0, cols=2 * len(LINES), style="Table Grid")
    _row(table, [label for label, _name, _width in LINES] * 2, header=True)
    _row(table, ["{%tr for pair in sheet.pairs %}"])
    left = [_field(f"pair[0].{name}", name, "pair[0].mark") for _label, name, _width in LINES]
    right = [
        "{% if pair[1] %}" + _field(f"pair[1].{name}", name, "pair[1].mark") + "{% endif %}"
        for _label, name, _width in LINES
    ]
    _row(table, [*left, *right], numbers=(1, 2, 3, 5, 6, 7))
    _row(table, ["{%tr endfor %}"])
    _widths(table, [width for _label, _name, width in LINES] * 2)


def _field(value: str, name: str, mark: str) -> str:
    return f"{{{{ {value} }}}}" + (f"{{{{ {mark} }}}}" if name == "difference" else "")


def _members(made: DocumentOf) -> None:
    table = made.add_table(rows=0, cols=len(MEMBERS), style="Table Grid")
    _row(table, [label for label, _name, _width in MEMBERS], header=True)
    _row(table, ["{%tr for member in sheet.members %}"])
    cells = [f"{{{{ member.{name} }}}}" for _label, name, _width in MEMBERS]
    cells[-1] += "{{ member.mark }}"
    _row(table, cells, numbers=(2, 3))
    _row(table, ["{%tr endfor %}"])
    _widths(table, [width for _label, _name, width in MEMBERS])


def _space(made: DocumentOf) -> None:
    """An empty frame to write in."""
    table = made.add_table(rows=1, cols=1, style="Table Grid")
    table.rows[0].height = Mm(28)
    table.rows[0].cells[0].paragraphs[0].style = "谈话表格"
    _widths(table, [178])


def _row(table: Any, texts: list[str], *, header: bool = False, numbers: tuple[int, ...] = ()) -> _Row:
    row: _Row = table.add_row()
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if header:
        properties.append(OxmlElement("w:tblHeader"))
    for position, (cell, text) in enumerate(zip(row.cells, texts, strict=False)):
        paragraph: Any = cell.paragraphs[0]
        paragraph.text, paragraph.style = text, "谈话表头" if header else "谈话表格"
        if position in numbers:
            paragraph.alignment = RIGHT
    return row


def _widths(table: Any, widths: list[int]) -> None:
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


if __name__ == "__main__":
    main()
