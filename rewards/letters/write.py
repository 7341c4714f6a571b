"""Letters as Word files, from the template beside this file: one file for all, each letter a section of its own.

A section starts on a new page and counts its pages from 1; between two letters there is no empty page.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from copy import deepcopy
from dataclasses import asdict
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from docx.oxml import parse_xml
from docxtpl import DocxTemplate
from jinja2 import Environment, StrictUndefined, Template

from rewards.letters.plain import plain
from rewards.letters.template import TEMPLATE
from rewards.letters.values import Letter

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ZIP = "application/zip"
CHUNK = 10
"""Letters between two reports of progress."""

Progress = Callable[[int], object]
"""Told how many letters are written."""


class _Parsed(Environment):
    """Three hundred letters are filled from one parsed template: docxtpl asks for it anew each time."""

    parsed: Template | None = None

    def from_string(self, *source: Any, **options: Any) -> Template:
        self.parsed = self.parsed or super().from_string(*source, **options)
        return self.parsed


class LetterPress:
    """A template opened once: fills in letters, and puts bodies together into a file."""

    def __init__(self) -> None:
        self._word = DocxTemplate(str(TEMPLATE))
        self._word.render_init()
        self._source: str = self._word.patch_xml(self._word.get_xml())
        self._names = _Parsed(autoescape=True, undefined=StrictUndefined)

    def body(self, letter: Letter) -> Any:
        """The filled `w:body`, its last element the section."""
        context = {"letter": plain(asdict(letter))}
        return parse_xml(self._word.render_xml_part(self._source, self._word.docx.part, context, self._names))

    def file(self, bodies: Sequence[Any], *, title: str) -> bytes:
        """A Word file of these bodies, at least one."""
        for body in bodies[:-1]:
            _end_section(body)
        whole = bodies[0]
        for body in bodies[1:]:
            whole.extend(list(body))
        self._word.map_tree(whole)
        self._word.docx.core_properties.title = plain(title)
        stream = BytesIO()
        self._word.docx.save(stream)
        return stream.getvalue()


def letters_file(letters: Iterable[Letter], *, title: str, progress: Progress = lambda done: None) -> bytes:
    """All letters, at least one, in one Word file."""
    press = LetterPress()
    bodies = [press.body(letter) for letter in _told(letters, progress)]
    return press.file(bodies, title=title)


def letters_zip(letters: Iterable[Letter], *, progress: Progress = lambda done: None) -> bytes:
    """A Word file for each letter."""
    press, stream = LetterPress(), BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for letter in _told(letters, progress):
            name = re.sub(r'[\\/:*?"<>|]+', "_", plain(letter.file_name))
            archive.writestr(f"{name}.docx", press.file([press.body(letter)], title=letter.title))
    return stream.getvalue()


def _told(letters: Iterable[Letter], progress: Progress) -> Iterable[Letter]:
    done = 0
    for done, letter in enumerate(letters, start=1):
        yield letter
        if done % CHUNK == 0:
            progress(done)
    progress(done)


def _end_section(body: Any) -> None:
    """The section ends with the letter's last paragraph, so that no paragraph stands alone on a page."""
    section = body[-1]
    body.remove(section)
    body[-1].get_or_add_pPr().append(deepcopy(section))
