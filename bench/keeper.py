"""Keeps the hall's database: a process of its own, so that a bench can use any database whatever it runs in.

python -m bench.keeper      reads one JSON command a line, answers one JSON line: see COMMANDS
"""

import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from random import Random
from time import perf_counter
from typing import Any

from bench.textbook import QUESTIONS

GROUP = "机关工作人员"
_ENTITLED = 100_000

Answer = dict[str, Any]


def begin(townships: int) -> Answer:
    """Tables, a collecting year, an open online box a township with a team and 29 cadres."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, run_syncdb=True)
    from assessment.models import AssessmentYear, Phase
    from assessment.services.box import ElectorateRow, box_create, box_open
    from assessment.services.roster import RosterRow, roster_save
    from assessment.services.year import year_create, year_townships_set
    from cadres.models import Township
    from cadres.services.unit import UnitRow, townships_save

    units = [UnitRow(f"T{number:03d}", f"第{number}镇", number) for number in range(1, townships + 1)]
    townships_save(rows=units, by=None)
    year = year_create(number=2025, by=None)
    year_townships_set(year=year, townships=Township.objects.all(), by=None)
    posts = ["党委书记", "乡镇长", *["副乡镇长"] * (QUESTIONS - 3)]
    rows = [RosterRow(f"{u.order:03d}{at:02d}", "王伟", u.code, post) for u in units for at, post in enumerate(posts)]
    roster_save(year=year, rows=rows, by=None)
    AssessmentYear.objects.filter(pk=year.pk).update(phase=Phase.COLLECTING)
    year.refresh_from_db()
    for township in Township.objects.all():
        group = [ElectorateRow(GROUP, _ENTITLED, _ENTITLED)]
        box = box_create(year=year, unit=township, on_paper=False, online=True, electorates=group, by=None)
        box_open(box=box, by=None)
    return {"keys": [[question.key for question in box.asked] for box in _boxes()]}


def slips(people: int) -> Answer:
    """Fresh codes, and whose box they open: people spread over the boxes as they come."""
    from assessment.services.slip import slips_draw

    boxes = _boxes()
    wanted = Counter(islice(cycle(range(len(boxes))), people))
    drawn = {at: slips_draw(box=boxes[at], numbers={GROUP: n}, by=None)[GROUP] for at, n in wanted.items()}
    return {"codes": [[at, code] for at, codes in drawn.items() for code in codes]}


def textbook_slips(people: int) -> Answer:
    from assessment.services.slip import code_drawn
    from bench.textbook.models import TextbookSlip

    codes = [code_drawn() for _ in range(people)]
    TextbookSlip.objects.bulk_create([TextbookSlip(code=code) for code in codes])
    return {"codes": codes}


def stuff(box: int, ballots: int) -> Answer:
    """So many ballots into one box, as voting writes them."""
    from assessment.models import Slip
    from assessment.services.ballot import Vote, votes_commit
    from assessment.services.slip import digest_of, slips_draw

    held, choice = _boxes()[box], Random(ballots)
    codes = slips_draw(box=held, numbers={GROUP: ballots}, by=None)[GROUP]
    marks = [{question.key: choice.choice("01234") for question in held.asked} for _ in codes]
    votes = [Vote(digest_of(code), given, "") for code, given in zip(codes, marks, strict=True)]
    assert votes_commit(votes) == [None] * ballots
    return {"slips": Slip.objects.count()}


def close(box: int) -> Answer:
    """Seconds it takes the office, and what was counted: five numbers a question."""
    from assessment.services.box_closing import box_close

    held = _boxes()[box]
    start = perf_counter()
    box_close(box=held, by=None)
    seconds = perf_counter() - start
    electorate = held.electorates.get()
    return {
        "seconds": seconds,
        "used": electorate.slips_used,
        "tallies": dict(_tallies(held)),
        "scrubbed": held.scrubbed_at is not None,
    }


def _tallies(box: Any) -> Iterator[tuple[str, list[int]]]:
    for tally in box.tallies.select_related("cadre", "township"):
        subject = tally.cadre.number if tally.cadre else tally.township.code
        yield f"{tally.evaluation}:{subject}", [*tally.grades, tally.abstain]


def _boxes() -> list[Any]:
    from assessment.models import Box

    return list(Box.objects.order_by("pk"))


COMMANDS: dict[str, Callable[..., Answer]] = {
    "begin": begin,
    "slips": slips,
    "textbook_slips": textbook_slips,
    "stuff": stuff,
    "close": close,
}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    import django

    django.setup()
    for line in sys.stdin:
        name, arguments = json.loads(line)
        print(json.dumps(COMMANDS[name](**arguments)), flush=True)


if __name__ == "__main__":
    main()
