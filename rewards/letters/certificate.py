"""Makes certificate.docx, the template of a certificate: `python -m rewards.letters.certificate`.

Laid out like the letters (see template.py), whose page and styles it takes. It can be changed in Word too: the words
in double braces are filled in by docxtpl from `rewards.presenters.certificate`.
"""

from pathlib import Path
from typing import Any

from docx.document import Document as DocumentOf
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.shared import Mm, Pt
from docx.table import Table

from rewards.letters.template import blank

TEMPLATE = Path(__file__).with_name("certificate.docx")

TITLE, TEXT, RIGHT, SMALL, HEAD = "反馈书标题", "反馈书正文", "反馈书落款", "反馈书表格", "反馈书表头"

WHO = "{{ name }}同志{% if township %}，现任{{ township }}{{ post }}{% endif %}。经查，其年度考评结果如下："
FINDING = (
    "按照年度考评办法关于提拔任用资格的规定（上述年度均须有年度考评档次，且无基本称职、不称职档次），"
    "该同志{% if eligible %}符合{% else %}不符合{% endif %}提拔资格条件。"
)
LIMIT = "本证明仅反映年度考评结果，不代替干部选拔任用的其他程序。"
SENDER = "{% if county %}中共{{ county }}委组织部{% else %}中共县委组织部{% endif %}"


def main() -> None:
    """Write the template beside this file."""
    certificate().save(str(TEMPLATE))


def certificate() -> DocumentOf:
    """The template, as one paper."""
    made = blank()
    _body(made)
    made.core_properties.title = "年度考评结果证明"
    return made


def _body(made: DocumentOf) -> None:
    made.add_paragraph("{%p if revoked %}", style=TEXT)
    made.add_paragraph("（此证明已撤销，不再有效）", style=HEAD)
    made.add_paragraph("{%p endif %}", style=TEXT)
    made.add_paragraph("年度考评结果证明", style=TITLE)
    made.add_paragraph("{{ number }}", style=RIGHT).paragraph_format.space_after = Pt(14)
    made.add_paragraph(WHO, style=TEXT)
    _years(made)
    made.add_paragraph(FINDING, style=TEXT).paragraph_format.space_before = Pt(14)
    for text in (LIMIT, "特此证明。"):
        made.add_paragraph(text, style=TEXT)
    sender = made.add_paragraph(SENDER, style=RIGHT).paragraph_format
    sender.space_before, sender.keep_with_next = Pt(42), True
    made.add_paragraph("{{ issued }}", style=RIGHT).paragraph_format.space_after = Pt(28)
    _check(made)


def _years(made: DocumentOf) -> None:
    table = _table(made, (50, 80))
    _fill(table, ("年度", "年度考评档次"), HEAD)
    _fill(table, ("{%tr for entry in years %}", ""), SMALL)
    _fill(table, ("{{ entry.year }}", "{{ entry.grade }}"), SMALL, centred=True)
    _fill(table, ("{%tr endfor %}", ""), SMALL)


def _check(made: DocumentOf) -> None:
    """The picture, and beside it what is typed by hand."""
    table = _table(made, (32, 124), grid=False)
    row = table.add_row()
    picture, words = row.cells
    picture.paragraphs[0].text = "{{ picture }}"
    picture.paragraphs[0].style = SMALL
    # a picture needs the height of its line, which the style fixes
    picture.paragraphs[0].paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    for position, text in enumerate(("查验网址：{{ address }}", "证明编号：{{ number }}", "查验码：{{ code }}")):
        paragraph = words.paragraphs[0] if position == 0 else words.add_paragraph()
        paragraph.text, paragraph.style = text, SMALL


def _table(made: DocumentOf, widths: tuple[int, int], *, grid: bool = True) -> Table:
    table = made.add_table(rows=0, cols=2, style="Table Grid" if grid else None)
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    return table


def _fill(table: Table, texts: tuple[str, str], style: str, *, centred: bool = False) -> None:
    cells: Any = table.add_row().cells
    for cell, text in zip(cells, texts, strict=True):
        paragraph = cell.paragraphs[0]
        paragraph.text, paragraph.style = text, style
        if centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


if __name__ == "__main__":
    main()
