"""Makes letter.docx, the template of a letter: `python -m rewards.letters.template`.

Laid out like an official paper (GB/T 9704): A4, margins 37, 35, 28 and 26 mm, title 小标宋 22 pt, text 仿宋 16 pt
on lines of 28 pt, headings 黑体, tables 仿宋 12 pt, page number “— 1 —”. The file can be changed in Word too: the words
in double braces are filled in by docxtpl from `rewards.letters.values.Letter`.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from docx import Document
from docx.document import Document as DocumentOf
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from docx.table import Table, _Row

TEMPLATE = Path(__file__).with_name("letter.docx")

SONG, FANG, HEI, KAI = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"
LATIN = "Times New Roman"
STAND_INS = {
    SONG: "小标宋体,FZXiaoBiaoSong-B05S,华文中宋,宋体,SimSun,Noto Serif CJK SC",
    FANG: "仿宋,FangSong,华文仿宋,STFangsong,Noto Serif CJK SC",
    HEI: "SimHei,Microsoft YaHei,Noto Sans CJK SC",
    KAI: "楷体,KaiTi,华文楷体,STKaiti,Noto Serif CJK SC",
}
"""What a machine without the font takes instead: those of Windows, then free ones."""

BODY, TITLE = Pt(16), Pt(22)
PITCH = Pt(28)
TABLE_SIZE = Pt(12)
MADE = datetime(2026, 1, 1, tzinfo=UTC)  # so that the same script makes the same file

CENTER, RIGHT, JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.JUSTIFY
TEXT = {"first_line_indent": BODY * 2, "alignment": JUSTIFY}
KEPT = {"keep_with_next": True}

STYLES: tuple[tuple[str, str, Pt, dict[str, Any]], ...] = (
    ("反馈书标题", SONG, TITLE, {"alignment": CENTER, "line_spacing": Pt(34), **KEPT}),
    ("反馈书工号", KAI, BODY, {"alignment": CENTER, **KEPT}),
    ("反馈书草稿", HEI, BODY, {"alignment": RIGHT, **KEPT}),
    ("反馈书称谓", FANG, BODY, {"space_before": PITCH, **KEPT}),
    ("反馈书正文", FANG, BODY, TEXT),
    ("反馈书末段", FANG, BODY, {**TEXT, **KEPT}),
    ("反馈书一级标题", HEI, BODY, {"first_line_indent": BODY * 2, **KEPT}),
    ("反馈书表格", FANG, TABLE_SIZE, {"line_spacing": Pt(17)}),
    ("反馈书表头", HEI, TABLE_SIZE, {"line_spacing": Pt(17), "alignment": CENTER}),
    ("反馈书落款", FANG, BODY, {"alignment": RIGHT, "right_indent": BODY * 2}),
)
"""Name, font, size, paragraph format beside the pitch."""

COLUMNS = (
    ("计分项目", "name", 50),
    ("得分", "points", 18),
    ("满分", "out_of", 14),
    ("得分率", "rate", 21),
    ("全县中位数", "median", 26),
    ("与中位数差", "difference", 27),
)
"""Heading, what stands in it, width in mm; together the width of the text."""


def main() -> None:
    """Write the template beside this file."""
    document().save(str(TEMPLATE))


def document() -> DocumentOf:
    """The template, as one letter with its section."""
    made = blank()
    _body(made)
    return made


def blank() -> DocumentOf:
    """An empty paper with the page, fonts and styles of a letter."""
    made = Document()
    _clear(made)
    _styles(made)
    _page(made)
    properties = made.core_properties
    properties.title, properties.author, properties.language = "年度考评结果反馈书", "", "zh-CN"
    properties.created = properties.modified = MADE
    properties.last_modified_by, properties.comments = "", ""
    return made


def _clear(made: DocumentOf) -> None:
    """The default document keeps its section only; theme fonts would override ours."""
    for element in list(made.element.body):
        if element.tag != qn("w:sectPr"):
            made.element.body.remove(element)
    for fonts in made.styles.element.iter(qn("w:rFonts")):
        for name in [name for name in fonts.attrib if "heme" in name]:
            del fonts.attrib[name]
    for language in made.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")


def _styles(made: DocumentOf) -> None:
    normal: Any = made.styles["Normal"]
    _font(normal, FANG, BODY)
    for name, font, size, form in STYLES:
        style: Any = made.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        _font(style, font, size)
        paragraph = style.paragraph_format
        paragraph.space_before = paragraph.space_after = Pt(0)
        paragraph.line_spacing_rule, paragraph.line_spacing = WD_LINE_SPACING.EXACTLY, PITCH
        paragraph.widow_control = True
        for attribute, value in form.items():
            setattr(paragraph, attribute, value)
    _font_table(made)


def _font(style: Any, name: str, size: Pt) -> None:
    style.font.size, style.font.name = size, LATIN
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), name)
    fonts.set(qn("w:cs"), LATIN)


def _font_table(made: DocumentOf) -> None:
    """Which fonts may stand in where ours are not installed."""
    entries = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/><w:family w:val="auto"/></w:font>'
        for name, others in STAND_INS.items()
    )
    table = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:fonts {nsdecls("w")}>{entries}</w:fonts>'
    parts: Any = made.part.package.iter_parts()
    part = next(part for part in parts if str(part.partname) == "/word/fontTable.xml")
    part._blob = table.encode()


def _page(made: DocumentOf) -> None:
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(24)
    properties = section._sectPr
    for grid in properties.findall(qn("w:docGrid")):
        properties.remove(grid)
    numbering = OxmlElement("w:pgNumType")
    numbering.set(qn("w:start"), "1")
    properties.find(qn("w:pgMar")).addnext(numbering)
    paragraph = section.footer.paragraphs[0]
    paragraph.alignment = CENTER
    run = paragraph.add_run()
    run.font.size, run.font.name = Pt(14), "宋体"
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "宋体")
    for part in ("— ", ("begin", ""), ("", " PAGE "), ("separate", ""), "1", ("end", ""), " —"):
        run._element.append(_field_part(part))


def _field_part(part: str | tuple[str, str]) -> Any:
    if isinstance(part, str):
        return parse_xml(f'<w:t {nsdecls("w")} xml:space="preserve">{part}</w:t>')
    kind, code = part
    if kind:
        return parse_xml(f'<w:fldChar {nsdecls("w")} w:fldCharType="{kind}"/>')
    return parse_xml(f'<w:instrText {nsdecls("w")} xml:space="preserve">{code}</w:instrText>')


def _body(made: DocumentOf) -> None:
    def say(style: str, *texts: str) -> None:
        for text in texts:
            made.add_paragraph(text, style=style)

    say("反馈书草稿", "{%p if letter.mark %}", "{{ letter.mark }}", "{%p endif %}")
    say("反馈书标题", "{{ letter.title }}")
    say("反馈书工号", "{%p if letter.reference %}", "{{ letter.reference }}", "{%p endif %}")
    say("反馈书称谓", "{{ letter.addressee }}")
    say("反馈书正文", "{{ letter.opening }}", "{%p for section in letter.sections %}")
    say("反馈书一级标题", "{{ section.heading }}")
    say("反馈书正文", "{%p for text in section.paragraphs %}", "{{ text }}", "{%p endfor %}")
    say("反馈书正文", "{%p if section.lines %}")
    _table(made)
    say("反馈书正文", "{%p endif %}", "{%p endfor %}")
    say("反馈书一级标题", "{{ letter.closing.heading }}")
    say("反馈书末段", "{%p for text in letter.closing.paragraphs %}", "{{ text }}", "{%p endfor %}")
    _signature(made)


def _signature(made: DocumentOf) -> None:
    """Never alone on a page: the paragraph before keeps it."""
    sender = made.add_paragraph("{{ letter.sender }}", style="反馈书落款").paragraph_format
    sender.keep_with_next, sender.space_before = True, Pt(14)
    made.add_paragraph("{{ letter.dated }}", style="反馈书落款")


def _table(made: DocumentOf) -> None:
    table = made.add_table(rows=0, cols=len(COLUMNS), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    header = _row(table, [label for label, _name, _width in COLUMNS], "反馈书表头")
    header._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    _row(table, ["{%tr for line in section.lines %}"], "反馈书表格")
    _row(table, [f"{{{{ line.{name} }}}}" for _label, name, _width in COLUMNS], "反馈书表格")
    _row(table, ["{%tr endfor %}"], "反馈书表格")
    for column, (_label, _name, width) in zip(table.columns, COLUMNS, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def _row(table: Table, texts: list[str], style: str) -> _Row:
    """A row that is not split between pages; numbers to the right."""
    row = table.add_row()
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for position, (cell, text) in enumerate(zip(row.cells, texts, strict=False)):
        paragraph = cell.paragraphs[0]
        paragraph.text, paragraph.style = text, style
        if position and style == "反馈书表格":
            paragraph.alignment = RIGHT
    return row


if __name__ == "__main__":
    main()
