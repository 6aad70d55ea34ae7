"""How long the draft of a summary takes: a whole lesson with 200 notes, on each rubric that ships.

python bench/drafts.py      (aim: under 20 ms)
"""

import timeit
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time, timedelta
from time import process_time

from observe.core.feedback.compose import compose
from observe.core.feedback.facts import Agreement, Draft, Evidence, LessonFacts, OpenTarget
from observe.core.rubric import Rubric
from observe.core.rubric_file import read_rubric
from observe.resources import folder

NOTES, REPEATS = 200, 50
FACTS = LessonFacts(
    lesson_id="0192f0c1-0000-7000-8000-000000000001",
    teacher="Catrin Morley",
    first_name="Catrin",
    school_subject="maths",
    class_name="Year 5",
    on=date(2026, 11, 17),
    observers=("Siôn Prydderch", "Ruth Adeyemi"),
)


TYPED = (
    "Table {n} explains its answer to a partner, unasked",
    "T: Who can build on that? P: It's nearer because the gap is only an eighth",
    "- chn w/ partner\n- books open & quiet...  " + "and so on, " * 180,
    'HANDS UP, SAME THREE PUPILS; asks "why?" once',
)


def notes_on(keys: Sequence[str]) -> list[Evidence]:
    return [
        Evidence(
            id=str(n),
            observer="ab"[n % 2],
            text=TYPED[n % len(TYPED)].format(n=n),
            criteria=(keys[n % len(keys)],),
            at=time(10, n % 60),
            mark="+-"[n % 3 == 0],
        )
        for n in range(NOTES)
    ]


def milliseconds(rubric: Rubric) -> list[float]:
    keys = [criterion.criterion for criterion in rubric.criteria()]
    agreed = [Agreement(key, 2 + n % 3, levels=(2, 3)) for n, key in enumerate(keys)]
    facts, notes, due = (
        replace(FACTS, kind=rubric.kind),
        notes_on(keys),
        FACTS.on + timedelta(weeks=4),
    )
    aim = OpenTarget("Wait, then choose who answers.", keys[0])

    def draft() -> Draft:
        return compose(facts, rubric, agreed, notes, due=due, target=aim)

    return sorted(
        1000 * seconds
        for seconds in timeit.repeat(draft, timer=process_time, number=1, repeat=REPEATS)
    )


def main() -> None:
    for path in sorted(folder("rubrics").glob("*.yaml")):
        taken = milliseconds(read_rubric(path.read_bytes(), path.name))
        median = taken[REPEATS // 2]
        print(
            f"draft, {path.stem}, {NOTES} notes: median {median:.1f} ms, slowest {taken[-1]:.1f} ms"
        )


if __name__ == "__main__":
    main()
