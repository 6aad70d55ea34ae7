"""The rubrics that ship, and what reading a good file gives."""

import hashlib
import json
import re

import jsonschema_rs
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from observe.core.canonical import canonical
from observe.core.rubric import LessonKind, OccasionKind, Rubric, ScaleType
from observe.core.rubric_file import RubricFaults, read_rubric
from observe.core.rubric_json import as_json, from_json, rubric_digest
from observe.core.rubric_schema import json_schema
from observe.resources import folder
from tests.core.test_rubric_faults import GOOD
from tests.reference import FOLDER

SHIPPED = {
    path.stem: read_rubric(path.read_bytes(), path.name)
    for path in folder("rubrics").glob("*.yaml")
}
EVERY = pytest.mark.parametrize("rubric", SHIPPED.values(), ids=list(SHIPPED))
RESULT = pytest.mark.parametrize(
    "rubric",
    [SHIPPED["teaching-framework"], SHIPPED["ways-of-looking"]],
    ids=["graded", "ungraded"],
)


def test_these_rubrics_ship() -> None:
    assert sorted(SHIPPED) == [
        "feedback-talk",
        "leading-well",
        "minute-by-minute",
        "observing-well",
        "teaching-framework",
        "two-looks",
        "ways-of-looking",
        "work-scrutiny",
    ]


@EVERY
def test_a_shipped_rubric_has_the_id_of_its_file(rubric: Rubric) -> None:
    assert SHIPPED[rubric.rubric] is rubric


@EVERY
def test_a_rubric_comes_back_whole_from_its_json(rubric: Rubric) -> None:
    again = from_json(json.loads(canonical(as_json(rubric))))
    assert again == rubric
    assert rubric_digest(again) == rubric_digest(rubric)


@EVERY
def test_the_digest_is_the_sha256_of_the_json_that_is_served(rubric: Rubric) -> None:
    expected = hashlib.sha256(canonical(as_json(rubric))).hexdigest()
    assert rubric_digest(rubric) == f"sha256:{expected}"


@EVERY
def test_a_rubric_as_json_keeps_to_the_schema_for_editors(rubric: Rubric) -> None:
    jsonschema_rs.validator_for(json_schema()).validate(as_json(rubric))


@EVERY
def test_each_level_of_a_whole_criterion_has_its_descriptor(rubric: Rubric) -> None:
    for criterion in rubric.criteria():
        if criterion.scale.has_levels:
            levels = [level.value for level in criterion.scale.levels]
            assert list(criterion.descriptors) == levels, criterion.criterion


@EVERY
def test_a_strength_quotes_after_a_colon_and_a_next_step_is_one_request(rubric: Rubric) -> None:
    for criterion in rubric.criteria():
        assert all(phrase.text.endswith(": {evidence}.") for phrase in criterion.strengths)
        for step in criterion.next_steps:
            assert step.text.rstrip("”.").count(".") == 0, step.text
            assert step.text.endswith("."), step.text


@EVERY
def test_what_to_try_stands_as_a_line_of_its_own(rubric: Rubric) -> None:
    for criterion in rubric.criteria():
        for step in criterion.next_steps:
            for line in (step.try_, step.when, step.see):
                assert line[0].isupper() or line[0] == "“", line
                assert not line.endswith("."), line


@EVERY
def test_no_sentence_is_used_for_two_criteria(rubric: Rubric) -> None:
    texts = [
        phrase.text
        for criterion in rubric.criteria()
        for phrase in (*criterion.strengths, *criterion.next_steps)
    ]
    assert len(set(texts)) == len(texts)


@RESULT
def test_a_summary_has_three_wordings_for_each_criterion(rubric: Rubric) -> None:
    for criterion in rubric.criteria():
        assert len(criterion.strengths) >= 3, criterion.criterion
        assert len(criterion.next_steps) >= 3, criterion.criterion
        assert len(criterion.look_fors) == 3, criterion.criterion


def test_each_level_that_leads_to_a_line_has_a_wording() -> None:
    for criterion in SHIPPED["teaching-framework"].criteria():
        strengths = {level for phrase in criterion.strengths for level in phrase.levels}
        next_steps = {level for phrase in criterion.next_steps for level in phrase.levels}
        assert (strengths, next_steps) == ({3, 4}, {1, 2}), criterion.criterion


@pytest.mark.parametrize(
    "key",
    [
        "ways-of-looking",
        "minute-by-minute",
        "work-scrutiny",
        "feedback-talk",
        "leading-well",
        "observing-well",
    ],
)
def test_an_ungraded_rubric_has_no_level_word_in_a_sentence_for_the_teacher(key: str) -> None:
    rubric = SHIPPED[key]
    labels = [level.label for scale in rubric.scales for level in scale.levels]
    level_word = re.compile(r"\b(" + "|".join([*labels, "level", "grade", "score"]) + r")\b", re.I)
    assert not rubric.graded
    for criterion in rubric.criteria():
        for phrase in (*criterion.strengths, *criterion.next_steps):
            words = " ".join((phrase.text, phrase.try_, phrase.when, phrase.see))
            assert not level_word.search(words), words


def test_the_framework_has_four_domains_of_four_criteria_with_four_levels() -> None:
    rubric = SHIPPED["teaching-framework"]
    assert [len(domain.criteria) for domain in rubric.domains] == [4, 4, 4, 4]
    assert [level.label for level in rubric.scales[0].levels] == [
        "Not yet",
        "In part",
        "Secure",
        "Strong",
    ]
    assert [criterion.code for criterion in rubric.criteria()][-5:] == [
        "3d",
        "4a",
        "4b",
        "4c",
        "4d",
    ]


def test_two_looks_has_segments_samples_and_sub_behaviours() -> None:
    rubric = SHIPPED["two-looks"]
    assert (rubric.occasions.segments, rubric.occasions.minutes) == (2, 15)
    assert rubric.occasions.samples == (4, 9, 14)
    assert {each.occasion for each in rubric.criteria()} == {
        OccasionKind.WHOLE,
        OccasionKind.SEGMENT,
        OccasionKind.SAMPLE,
    }
    assert [each.code for each in rubric.domains[1].criteria] == [
        "2a",
        "2a.1",
        "2a.2",
        "2b",
        "2b.1",
        "2b.2",
    ]


def test_minute_by_minute_has_codes_for_every_two_minutes() -> None:
    rubric = SHIPPED["minute-by-minute"]
    types = {
        each.scale.type for each in rubric.criteria() if each.occasion is OccasionKind.INTERVAL
    }
    assert rubric.occasions.interval_minutes == 2
    assert types >= {ScaleType.CODES, ScaleType.NOMINAL, ScaleType.COUNT}


def test_work_and_talks_are_looked_at_with_rubrics_of_their_own_kind() -> None:
    assert SHIPPED["work-scrutiny"].kind is LessonKind.WORK_SAMPLE
    assert SHIPPED["feedback-talk"].kind is LessonKind.FEEDBACK_TALK


def test_observing_is_looked_at_as_a_whole_with_levels_for_each_criterion() -> None:
    rubric = SHIPPED["observing-well"]
    assert (rubric.kind, rubric.graded) == (LessonKind.OBSERVING, False)
    for criterion in rubric.criteria():
        assert criterion.scale.has_levels
        assert criterion.occasion is OccasionKind.WHOLE
        assert len(criterion.look_fors) == 3
        assert len(criterion.next_steps) >= 2


def test_codes_keep_the_order_of_their_author_through_json() -> None:
    teacher = SHIPPED["minute-by-minute"].find("teacher")
    again = from_json(json.loads(canonical(as_json(SHIPPED["minute-by-minute"])))).find("teacher")
    assert teacher is not None
    assert again is not None
    assert list(again.scale.codes) == list(teacher.scale.codes) != sorted(teacher.scale.codes)


def test_the_example_of_the_format_is_a_good_rubric() -> None:
    file = FOLDER.parent / "rubric-example.yaml"
    if not file.is_file():
        pytest.skip("the example of the format is not beside the repository")
    rubric = read_rubric(file.read_bytes(), file.name)
    assert (rubric.title, rubric.version, rubric.graded) == ("Talk and questions", 3, False)
    assert [(each.code, each.part_of) for each in rubric.criteria()] == [
        ("1a", None),
        ("1a.1", "wait-time"),
    ]


def test_what_is_left_out_has_a_meaning() -> None:
    lean = read_rubric(GOOD.replace("occasions: {whole: true}\n", ""), "talk.yaml")
    after = lean.find("after")
    assert after is not None
    assert lean.occasions.has(OccasionKind.WHOLE)
    assert (after.occasion, after.not_applicable, after.code) == (OccasionKind.WHOLE, False, "1a.1")
    assert lean == read_rubric(GOOD, "talk.yaml")


def test_a_criterion_can_have_a_code_of_its_own() -> None:
    text = GOOD.replace("title: Waits\n", "title: Waits\n        code: Q7\n")
    assert [each.code for each in read_rubric(text, "talk.yaml").criteria()] == ["Q7", "Q7.1"]


def test_a_made_code_gives_way_to_one_that_was_chosen() -> None:
    text = GOOD.replace("part_of: wait", "code: 1a")
    assert [each.code for each in read_rubric(text, "talk.yaml").criteria()] == ["1b", "1a"]


def test_letters_go_on_after_z() -> None:
    more = "".join(f"      - {{criterion: x{n}, title: X, scale: four}}\n" for n in range(27))
    codes = [each.code for each in read_rubric(GOOD + more, "talk.yaml").criteria()]
    assert codes[-3:] == ["1z", "1aa", "1ab"]


def test_spacing_and_comments_do_not_change_the_digest() -> None:
    spaced = "# ours\n" + GOOD.replace("version: 1", "version:   1   # first")
    same = read_rubric(spaced, "a.yaml"), read_rubric(GOOD, "b.yaml")
    assert rubric_digest(same[0]) == rubric_digest(same[1])


def test_a_letter_and_its_accent_are_one_word_however_they_were_typed() -> None:
    typed = [GOOD.replace("title: Talk", f"title: Siar{end}") for end in ("\u00e2d", "a\u0302d")]
    first, second = (read_rubric(text, "talk.yaml") for text in typed)
    assert first == second


def test_words_of_old_yaml_stay_words() -> None:
    text = GOOD.replace("label: Rarely", "label: no").replace("label: Often", "label: 12:30")
    scale = read_rubric(text.replace("label: Sometimes", "label: on"), "talk.yaml").scales[0]
    assert [level.label for level in scale.levels] == ["no", "on", "12:30"]


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), min_size=1, max_size=100
)


@given(title=TEXTS, label=TEXTS, low=st.integers(-50, 50), count=st.integers(2, 11))
def test_any_words_survive_the_file_and_the_json(
    title: str, label: str, low: int, count: int
) -> None:
    plain = yaml.safe_load(GOOD)
    levels = [{"value": low + n, "label": f"{n} {label}"} for n in range(count)]
    plain["title"] = title
    plain["scales"]["four"] = {"type": "ordinal", "levels": levels}
    plain["domains"][0]["criteria"][0] = {"criterion": "wait", "title": title, "scale": "four"}
    rubric = read_rubric(yaml.safe_dump(plain, allow_unicode=True), "talk.yaml")
    assert from_json(json.loads(canonical(as_json(rubric)))) == rubric
    assert [level.value for level in rubric.scales[0].levels] == list(range(low, low + count))


@given(st.text(max_size=200))
def test_any_text_gives_a_rubric_or_faults_and_nothing_else(text: str) -> None:
    assert rubric_or_faults(text)


@given(st.data())
def test_a_torn_file_gives_a_rubric_or_faults_and_nothing_else(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(GOOD)))
    end = data.draw(st.integers(start, len(GOOD)))
    torn = GOOD[:start] + data.draw(st.text(max_size=5)) + GOOD[end:]
    assert rubric_or_faults(torn)


def rubric_or_faults(text: str) -> bool:
    try:
        return bool(read_rubric(text, "talk.yaml"))
    except RubricFaults as refusal:
        return all(fault.line >= 1 and fault.column >= 1 for fault in refusal.faults)
