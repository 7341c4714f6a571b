"""The catalogues: every text of the source is in them, translated, and the compiled files say the same."""

import ast
import gettext
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from assessment.scheme import PARAMETERS, default_scheme
from assessment.terms import CLAUSE_WORDS
from cadres import terms
from cadres.services.post import default_posts

ROOT = Path(settings.BASE_DIR)
LANGUAGES = ("zh_Hans", "en")
needs_gettext = pytest.mark.skipif(
    shutil.which("xgettext") is None and "CI" not in os.environ, reason="GNU gettext is not installed here"
)
CHINESE = re.compile(r"[\u4e00-\u9fff]")
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]")


def catalogue_path(language: str, ending: str) -> Path:
    return ROOT / "locale" / language / "LC_MESSAGES" / f"django.{ending}"


def po_entries(path: Path) -> list[tuple[bool, dict[str, str]]]:
    """(fuzzy, texts by keyword) of each entry but the header."""
    entries = []
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        texts: dict[str, str] = {}
        keyword = ""
        for line in block.splitlines():
            if line.startswith("#"):
                continue
            if match := re.match(r"(msg\w+(?:\[\d\])?) ", line):
                keyword = match[1]
                line = line[match.end() :]
                texts[keyword] = ""
            texts[keyword] += ast.literal_eval(line)
        if texts.get("msgid"):
            entries.append(("#, fuzzy" in block, texts))
    return entries


def compiled(path: Path) -> dict[object, str]:
    with path.open("rb") as file:
        catalogue = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    return {key: text for key, text in catalogue.items() if key}


def source_texts(folder: Path) -> set[str]:
    """What makemessages finds in the tracked source, run in a copy."""
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split(
        "\n"
    )
    for name in tracked:
        if name.endswith((".py", ".html")) and not name.startswith(("tests/", "bench/")):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    (folder / "locale").mkdir(exist_ok=True)
    command = [
        sys.executable,
        "-m",
        "django",
        "makemessages",
        "--locale",
        "zh_Hans",
        "--no-location",
        "--verbosity",
        "0",
    ]
    environment = {name: text for name, text in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    subprocess.run(command, cwd=folder, check=True, env=environment)
    return {texts["msgid"] for _fuzzy, texts in po_entries(folder / "locale/zh_Hans/LC_MESSAGES/django.po")}


@needs_gettext
def test_every_text_of_the_source_is_in_the_chinese_catalogue(tmp_path: Path) -> None:
    known = {texts["msgid"] for _fuzzy, texts in po_entries(catalogue_path("zh_Hans", "po"))}
    assert sorted(source_texts(tmp_path) ^ known) == []


def test_every_text_is_translated_into_chinese() -> None:
    lacking = [
        texts["msgid"]
        for fuzzy, texts in po_entries(catalogue_path("zh_Hans", "po"))
        if fuzzy or not all(text for keyword, text in texts.items() if keyword.startswith("msgstr"))
    ]
    assert lacking == []


def test_chinese_texts_are_chinese_unless_the_source_has_no_words() -> None:
    """A translation that repeats English words would mix languages on a page."""
    untranslated = [
        texts["msgid"]
        for _fuzzy, texts in po_entries(catalogue_path("zh_Hans", "po"))
        if re.search(r"[A-Za-z]{3}", PLACEHOLDER.sub("", texts["msgid"]))
        and not CHINESE.search(texts.get("msgstr", texts.get("msgstr[0]", "")))
    ]
    assert untranslated == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_are_those_of_the_source(language: str) -> None:
    wrong = [
        texts["msgid"]
        for _fuzzy, texts in po_entries(catalogue_path(language, "po"))
        for keyword, text in texts.items()
        if keyword.startswith("msgstr") and text
        if not placeholders(text) <= placeholders(texts["msgid"]) | placeholders(texts.get("msgid_plural", ""))
    ]
    assert wrong == []


def placeholders(text: str) -> set[str]:
    return {match[0] for match in PLACEHOLDER.finditer(text)}


@needs_gettext
@pytest.mark.parametrize("language", LANGUAGES)
def test_compiled_catalogues_are_fresh(language: str, tmp_path: Path) -> None:
    fresh = tmp_path / "django.mo"
    subprocess.run(["msgfmt", "--check-format", "-o", fresh, catalogue_path(language, "po")], check=True)
    assert compiled(catalogue_path(language, "mo")) == compiled(fresh)


def listed_terms() -> set[str]:
    return {word for name, words in vars(terms).items() if name.isupper() for word in words}


def test_data_words_of_the_default_county_are_listed_for_translation() -> None:
    scheme = default_scheme()
    lines = {word for line in scheme.lines for word in (line.target, line.name)}
    voted = {entry.name for entry in scheme.evaluations} | {item.name for item in scheme.cadre_items}
    words = lines | voted | set(default_posts())
    assert words - listed_terms() == set()


def test_clause_sentences_of_the_scheme_are_listed_for_translation() -> None:
    assert set(CLAUSE_WORDS) == {parameter.words for parameter in PARAMETERS}


def test_every_data_word_has_english() -> None:
    english = {texts["msgid"]: texts["msgstr"] for _fuzzy, texts in po_entries(catalogue_path("en", "po"))}
    assert {word for word in listed_terms() if not english.get(word)} == set()
