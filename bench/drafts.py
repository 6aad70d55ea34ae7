"""How long the draft of a summary takes: a whole lesson with 200 notes on the shipped framework.

python bench/drafts.py      (aim: under 20 ms)
"""

import timeit
from datetime import date, time, timedelta

from observe.core.feedback.compose import compose
from observe.core.feedback.facts import Agreement, Draft, Evidence, LessonFacts
from observe.core.rubric_file import read_rubric
from observe.resources import folder

FACTS = LessonFacts(
    lesson_id="0192f0c1-0000-7000-8000-000000000001",
    teacher="Catrin Morley",
    first_name="Catrin",
    school_subject="maths",
    class_name="Year 5",
    on=date(2026, 11, 17),
    observers=("Siôn Prydderch", "Ruth Adeyemi"),
)


def main() -> None:
    path = folder("rubrics") / "teaching-framework.yaml"
    rubric = read_rubric(path.read_text(encoding="utf-8"), path.name)
    keys = [criterion.criterion for criterion in rubric.criteria()]
    agreed = [Agreement(key, 2 + n % 3, levels=(2, 3)) for n, key in enumerate(keys)]
    notes = [
        Evidence(
            id=str(n),
            observer="ab"[n % 2],
            text=f"Table {n} explains its answer to a partner, unasked",
            criteria=(keys[n % len(keys)],),
            at=time(10, n % 60),
            mark="+-"[n % 2],
        )
        for n in range(200)
    ]

    def draft() -> Draft:
        return compose(FACTS, rubric, agreed, notes, due=FACTS.on + timedelta(weeks=4))

    taken = sorted(1000 * seconds for seconds in timeit.repeat(draft, number=1, repeat=50))
    print(f"draft from {len(notes)} notes: median {taken[25]:.1f} ms, slowest {taken[-1]:.1f} ms")


if __name__ == "__main__":
    main()
