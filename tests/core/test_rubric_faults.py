"""Every fault of a rubric file is named at its place, all of them at once."""

import pytest

from observe.core.rubric_file import RubricFaults, read_rubric

GOOD = """\
rubric: talk
version: 1
language: en
title: Talk
kind: lesson
graded: true
occasions: {whole: true}
scales:
  four:
    type: ordinal
    levels:
      - {value: 1, label: Rarely}
      - {value: 2, label: Sometimes}
      - {value: 3, label: Often}
    strength_from: 3
    next_step_to: 1
  who: {type: codes, codes: {t: Teacher, p: Pupil}}
domains:
  - domain: questions
    title: Questions
    criteria:
      - criterion: wait
        title: Waits
        scale: four
        descriptors: {1: At once, 3: Long}
        look_fors:
          - {look_for: pause, text: Pauses}
        phrases:
          strength: [{text: "You waited: {evidence}.", levels: [3]}]
          next_step: [{text: Wait longer, try: Count, when: Daily, see: Hands, levels: [1]}]
      - criterion: after
        part_of: wait
        title: Waits after
        scale: four
"""

ONE_FAULT = {
    "a missing key is missed where its mapping begins": (
        "title: Talk\n",
        "",
        "1:1: the file: `title` is missing",
    ),
    "a misspelt key is met with the nearest known one": (
        "        title: Waits\n        scale",
        "        titel: Waits\n        title: Waits\n        scale",
        "23:9: criterion wait: there is no key `titel` here; did you mean `title`?",
    ),
    "a key that is like no other gets the list": (
        "{whole: true}",
        "{whole: true, xyz: 1}",
        "7:26: occasions: there is no key `xyz` here; known are"
        " whole, segments, minutes, samples, intervals",
    ),
    "a key may be left out but not left empty": (
        "part_of: wait",
        "part_of:",
        "32:17: criterion after, part_of: nothing stands here; write something or leave the key out",
    ),
    "an empty text is no text": (
        "title: Questions",
        'title: ""',
        "20:12: domain questions, title: nothing stands here; write a text",
    ),
    "a number for a text needs quotes": (
        "title: Questions",
        "title: 2026",
        '20:12: domain questions, title: this is read as a number; write it in quotes: "2026"',
    ),
    "a truth value for a text needs quotes": (
        "label: Often",
        "label: true",
        '14:27: scale four, level 3, label: this is read as true or false; write it in quotes: "true"',
    ),
    "a list for a text is refused": (
        "title: Questions",
        "title: [Questions]",
        "20:12: domain questions, title: write a text here",
    ),
    "a text is not longer than a screen can show": (
        "title: Talk",
        f"title: {'x' * 121}",
        "4:8: title: write at most 120 characters",
    ),
    "an id has small letters, digits and hyphens": (
        "rubric: talk",
        "rubric: Talk & more",
        "1:9: rubric: use only small letters a to z, digits and hyphens",
    ),
    "an id of a criterion is told by its place": (
        "criterion: after",
        "criterion: After_this",
        "31:20: criterion After_this, criterion: use only small letters a to z, digits and hyphens",
    ),
    "an id of a code is told at its key": (
        "{t: Teacher",
        "{T: Teacher",
        "17:30: scale who, codes, T: use only small letters a to z, digits and hyphens",
    ),
    "a code that is a number needs quotes": (
        "{t: Teacher",
        "{1: Teacher",
        '17:30: scale who, codes, 1: this is read as a number; write it in quotes: "1"',
    ),
    "a language is a code": (
        "language: en",
        "language: English",
        "3:11: language: write a language code such as en or cy",
    ),
    "a translation names rubric and version": (
        "title: Talk\n",
        "title: Talk\ntranslation_of: talk\n",
        "5:17: translation_of: write the rubric and its version, such as talk-and-questions@3",
    ),
    "a version is a whole number": (
        "version: 1",
        "version: 1.0",
        "2:10: version: `1.0` is not a whole number",
    ),
    "a version begins at one": (
        "version: 1",
        "version: 0",
        "2:10: version: write a number of at least 1",
    ),
    "a segment does not last all day": (
        "occasions: {whole: true}",
        "occasions: {whole: true, segments: 2, minutes: 900}",
        "7:48: occasions, minutes: write a number of at most 240",
    ),
    "no is a word and not a truth value": (
        "graded: true",
        "graded: no",
        "6:9: graded: `no` is neither true nor false",
    ),
    "a kind is one of five": (
        "kind: lesson",
        "kind: walk",
        "5:7: kind: `walk` is not known; use"
        " 'lesson', 'work-sample', 'feedback-talk', 'observing' or 'leadership'",
    ),
    "a list is a list": (
        "        look_fors:\n          - {look_for: pause, text: Pauses}\n",
        "        look_fors: pause\n",
        "26:20: criterion wait, look_fors: write a list: one entry a line, each after a hyphen",
    ),
    "a mapping is a mapping": (
        "occasions: {whole: true}",
        "occasions: whole",
        "7:12: occasions: write `key: value` lines here",
    ),
    "a domain without criteria is refused": (
        "title: Questions\n",
        "title: Questions\n    criteria: []\n  - domain: other\n    title: Other\n",
        "21:15: domain questions, criteria: write at least 1 entry here",
    ),
    "a scale of one level is refused": (
        "who: {type: codes, codes: {t: Teacher, p: Pupil}}",
        "who: {type: ordinal, levels: [{value: 1, label: One}]}",
        "17:32: scale who, levels: write at least 2 entries here",
    ),
    "a scale of twelve levels is refused": (
        "who: {type: codes, codes: {t: Teacher, p: Pupil}}",
        "who: {type: ordinal, levels: ["
        + ", ".join(f"{{value: {n}, label: L{n}}}" for n in range(12))
        + "]}",
        "17:32: scale who, levels: write at most 11 entries here",
    ),
    "a descriptor stands for a whole number": (
        "3: Long",
        "often: Long",
        "25:35: criterion wait, descriptors, often: `often` is not a whole number",
    ),
    "a number is no key where keys have names": (
        "version: 1",
        "version: 1\n7: seven",
        "3:1: the file: `7` is read as a number; write a known key",
    ),
    "a text with a comma in braces needs quotes": (
        "text: Pauses",
        "text: Pauses, then asks",
        "27:45: criterion wait, look-for pause:"
        " `then asks` belongs to a text; a text with a comma in braces needs quotes",
    ),
    "a key is given once": (
        "        title: Waits\n        scale",
        "        title: Waits\n        title: Stays\n        scale",
        "24:9: criterion wait, title: `title` is already given on line 23; keep one",
    ),
    "an alias is refused": (
        "title: Questions",
        "title: *talk",
        "20:12: domain questions, title: `*talk` repeats another place; write the words out",
    ),
    "an anchor is refused": (
        "title: Questions",
        "title: &q Questions",
        "20:12: domain questions, title: `&q` is a YAML anchor; leave it out",
    ),
    "a tag is refused": (
        "title: Questions",
        "title: !!str Questions",
        "20:12: domain questions, title: `!!str` is a YAML tag; leave it out",
    ),
    "a merge key is no key": (
        "{type: codes, ",
        "{<<: four, type: codes, ",
        "17:9: scale who: there is no key `<<` here; known are"
        " type, levels, codes, order, strength_from, next_step_to",
    ),
    "a mapping is no key": (
        "title: Questions",
        "? {a: b}\n    : c\n    title: Questions",
        "20:7: domain questions: a list or a mapping stands before a colon; a text with braces needs quotes",
    ),
    "a scale of levels needs levels": (
        "who: {type: codes, codes: {t: Teacher, p: Pupil}}",
        "who: {type: ordinal}",
        "17:8: scale who: a scale of type ordinal needs `levels`",
    ),
    "a scale of codes needs codes": (
        "who: {type: codes, codes: {t: Teacher, p: Pupil}}",
        "who: {type: nominal}",
        "17:8: scale who: a scale of type nominal needs `codes`",
    ),
    "a count has no codes": (
        "type: codes, codes:",
        "type: count, codes:",
        "17:22: scale who, codes: a scale of type count has no `codes`; leave them out",
    ),
    "an order names every code": (
        "p: Pupil}}",
        "p: Pupil}, order: [t]}",
        "17:53: scale who, order: `order` names each code once: t, p",
    ),
    "an order names no code twice": (
        "p: Pupil}}",
        "p: Pupil}, order: [p, t, p]}",
        "17:53: scale who, order: `order` names each code once: t, p",
    ),
    "a yes or no has two levels": (
        "type: ordinal",
        "type: binary",
        "11:5: scale four, levels: a binary scale has exactly two levels",
    ),
    "levels go up by one": (
        "value: 2,",
        "value: 5,",
        "13:17: scale four, level 5, value: levels go up by one, the lowest first; here comes 2",
    ),
    "levels stand lowest first": (
        "value: 3,",
        "value: 1,",
        "14:17: scale four, level 1, value: levels go up by one, the lowest first; here comes 3",
    ),
    "no two levels have one label": (
        "label: Often",
        "label: Rarely",
        "14:27: scale four, level 3, label: the label `Rarely` is already used on line 12",
    ),
    "a strength begins at a level": (
        "strength_from: 3",
        "strength_from: 4",
        "15:20: scale four, strength_from: there is no level 4; the scale has 1 to 3",
    ),
    "a scale without levels has no strengths": (
        "p: Pupil}}",
        "p: Pupil}, next_step_to: 1}",
        "17:67: scale who, next_step_to: there is no level 1: this scale has no levels",
    ),
    "no level is a strength and a next step": (
        "next_step_to: 1",
        "next_step_to: 3",
        "15:20: scale four, strength_from: a level of 3 would be a strength and a next step at once;"
        " make strength_from higher than next_step_to",
    ),
    "a rubric is rated for something": (
        "occasions: {whole: true}",
        "occasions: {whole: false}",
        "7:12: occasions: say what is rated: `whole: true`, `segments` or `intervals`",
    ),
    "segments and intervals exclude each other": (
        "{whole: true}",
        "{whole: true, segments: 2, minutes: 15, intervals: 2}",
        "7:52: occasions, intervals: a rubric has segments or intervals, not both",
    ),
    "a segment has a length": (
        "{whole: true}",
        "{whole: true, segments: 2}",
        "7:26: occasions, segments: `segments` need `minutes`, the length of one",
    ),
    "minutes are those of segments": (
        "{whole: true}",
        "{whole: true, minutes: 15}",
        "7:26: occasions, minutes: `minutes` need `segments`, how many there are",
    ),
    "samples are taken in segments": (
        "{whole: true}",
        "{whole: true, samples: [4]}",
        "7:26: occasions, samples: `samples` need `segments`, how many there are",
    ),
    "a sample lies inside its segment": (
        "{whole: true}",
        "{whole: true, segments: 2, minutes: 15, samples: [4, 16]}",
        "7:65: occasions, sample 16: minute 16 lies after the end of a segment of 15",
    ),
    "samples follow each other": (
        "{whole: true}",
        "{whole: true, segments: 2, minutes: 15, samples: [9, 4]}",
        "7:65: occasions, sample 4: minute 4 does not come after minute 9",
    ),
    "a criterion names a known scale": (
        "scale: four\n        descriptors",
        "scale: for\n        descriptors",
        "24:16: criterion wait, scale: there is no scale `for`; did you mean `four`?",
    ),
    "a criterion is rated for what the rubric has": (
        "        title: Waits\n        scale",
        "        occasion: interval\n        title: Waits\n        scale",
        "23:19: criterion wait, occasion: `occasions` at the top has no interval;"
        " write `occasion: whole`, or add it there",
    ),
    "an occasion is one of four": (
        "        title: Waits\n        scale",
        "        occasion: whole lesson\n        title: Waits\n        scale",
        "23:19: criterion wait, occasion: `whole lesson` is not known;"
        " use 'whole', 'segment', 'sample' or 'interval'",
    ),
    "a domain has an id of its own": (
        "title: Questions\n",
        "title: Questions\n    criteria: [{criterion: x, title: X, scale: four}]\n"
        "  - domain: questions\n    title: Again\n",
        "22:13: domain questions, domain: the domain `questions` is already used on line 19",
    ),
    "a criterion has an id of its own": (
        "      - criterion: after\n",
        "      - {criterion: wait, title: W, scale: four}\n      - criterion: after\n",
        "31:21: criterion wait, criterion: the criterion `wait` is already used on line 22",
    ),
    "a display code stands for one criterion": (
        "        scale: four\n        descriptors",
        "        scale: four\n        code: Q\n"
        "      - {criterion: x, title: X, scale: four, code: Q}\n"
        "      - criterion: y\n        title: Y\n        scale: four\n        descriptors",
        "26:53: criterion x, code: the code `Q` is already used on line 25",
    ),
    "a look-for has an id of its own in its criterion": (
        "text: Pauses}\n",
        "text: Pauses}\n          - {look_for: pause, text: Looks}\n",
        "28:24: criterion wait, look-for pause, look_for: the look-for `pause` is already used on line 27",
    ),
    "a part is part of something in its domain": (
        "part_of: wait",
        "part_of: wat",
        "32:18: criterion after, part_of: there is no criterion `wat` in this domain; did you mean `wait`?",
    ),
    "a part is not part of itself": (
        "part_of: wait",
        "part_of: after",
        "32:18: criterion after, part_of: a criterion is not part of itself",
    ),
    "a part has no parts": (
        "        scale: four\n        descriptors",
        "        scale: four\n      - {criterion: x, title: X, scale: four, part_of: after}\n"
        "      - criterion: y\n        title: Y\n        scale: four\n        descriptors",
        "25:56: criterion x, part_of: `after` is itself part of `wait`; parts do not have parts",
    ),
    "a descriptor stands for a level there is": (
        "3: Long",
        "9: Long",
        "25:35: criterion wait, descriptors, 9: there is no level 9; the scale has 1 to 3",
    ),
    "a scale of codes has no descriptors": (
        "        title: Waits after\n        scale: four",
        "        title: Waits after\n        descriptors: {1: Once}\n        scale: who",
        "34:23: criterion after, descriptors, 1: there is no level 1: this scale has no levels",
    ),
    "a phrase is for levels there are": (
        "levels: [3]",
        "levels: [3, 4]",
        "29:68: criterion wait, strength phrase 1, level 4: there is no level 4; the scale has 1 to 3",
    ),
    "a next step is for levels there are": (
        "levels: [1]",
        "levels: [0]",
        "30:89: criterion wait, next step phrase 1, level 0: there is no level 0; the scale has 1 to 3",
    ),
    "a strength quotes what was seen": (
        '"You waited: {evidence}."',
        '"You waited."',
        "29:29: criterion wait, strength phrase 1, text:"
        " a strength quotes what was seen; put {evidence} where the note shall stand",
    ),
    "evidence is quoted once": (
        "You waited: {evidence}.",
        "You waited: {evidence}, {evidence}.",
        "29:29: criterion wait, strength phrase 1, text: {evidence} stands here more than once; keep one",
    ),
    "nothing else is filled in": (
        "You waited: {evidence}.",
        "{teacher} waited: {evidence}.",
        "29:29: criterion wait, strength phrase 1, text:"
        " `{teacher}` means nothing here; only {evidence} is filled in",
    ),
    "a brace alone is a slip": (
        "You waited: {evidence}.",
        "You waited: {evidence}}.",
        "29:29: criterion wait, strength phrase 1, text: `}` means nothing here; only {evidence} is filled in",
    ),
    "nothing is filled into what is tried": (
        "try: Count",
        'try: "Count {evidence}"',
        "30:48: criterion wait, next step phrase 1, try:"
        " nothing is filled in here; {evidence} belongs in `text`",
    ),
    "a phrase says when and not where": (
        "when: Daily",
        "where: Daily",
        "30:55: criterion wait, next step phrase 1: there is no key `where` here; did you mean `when`?",
    ),
    "a colon inside a text needs quotes": (
        "title: Waits after",
        "title: Waits: after",
        "33:21: the file: a colon inside a text, or a line indented too far; put texts in quotes",
    ),
    "a text that starts with a percent sign needs quotes": (
        "title: Questions",
        "title: %20",
        "20:12: the file: a text that starts with this sign needs quotes",
    ),
}

WHOLE_FILES = {
    "a tab is no indent": ("rubric: x\n\tversion: 1", "2:1: the file: a tab; indent with spaces"),
    "an open quotation mark is shown where it opens": (
        'rubric: x\ntitle: "Talk\nversion: 1\n',
        "2:8: the file: a quotation mark opened here is never closed",
    ),
    "an open bracket is missed at the end": (
        "rubric: [x, y\n",
        "2:1: the file: the file ends before a bracket or brace is closed",
    ),
    "a bracket closed by a brace is shown": (
        "rubric: [x, y}\n",
        "1:14: the file: a bracket or brace is not closed, or a comma is missing",
    ),
    "a line without a colon is shown": (
        "rubric: x\nversion\nkind: lesson\n",
        "3:1: the file: a line that is neither `key: value` nor part of a text",
    ),
    "a line further left than its neighbours is shown": (
        "scales:\n    four: {}\n  five: {}\n",
        "3:3: the file: a line that does not line up with those it belongs to",
    ),
    "a backslash in double quotes is shown": (
        'title: "a\\qb"\n',
        "1:11: the file: a backslash inside double quotes; use single quotes",
    ),
    "an empty file is empty": ("# nothing\n", "1:1: the file: the file is empty"),
    "nothing but null is empty": ("~\n", "1:1: the file: the file is empty"),
    "a list is no rubric": ("- rubric: x\n", "1:1: the file: write `key: value` lines here"),
    "a second document is one too many": (
        "rubric: x\n---\nrubric: y\n",
        "2:1: the file: `---` begins a second part; one file holds one of its kind",
    ),
    "brackets do not go on for ever": (
        "[" * 5000,
        "1:18: the file: more brackets inside brackets than such a file has",
    ),
    "a control character cannot be kept": (
        "rubric: x\ntitle: a\x07b\n",
        "2:9: the file: the character U+0007 cannot stand in a text",
    ),
    "a file of a megabyte is no rubric": (
        "#" * 1024 * 1024,
        "1:1: the file: a file of more than 512 kB; split it",
    ),
}


def faults(text: str | bytes) -> list[str]:
    with pytest.raises(RubricFaults) as refusal:
        read_rubric(text, "talk.yaml")
    return [str(fault) for fault in refusal.value.faults]


def changed(old: str, new: str) -> str:
    assert GOOD.count(old) == 1, f"{old!r} must stand once in the good file"
    return GOOD.replace(old, new)


@pytest.mark.parametrize(("old", "new", "expected"), ONE_FAULT.values(), ids=list(ONE_FAULT))
def test_one_fault_is_named_at_its_place_and_nothing_else(
    old: str, new: str, expected: str
) -> None:
    assert faults(changed(old, new)) == [f"talk.yaml:{expected}"]


@pytest.mark.parametrize(("text", "expected"), WHOLE_FILES.values(), ids=list(WHOLE_FILES))
def test_a_file_that_cannot_be_read_says_where(text: str, expected: str) -> None:
    assert faults(text) == [f"talk.yaml:{expected}"]


def test_bytes_that_are_not_utf_8_are_shown_at_the_first_of_them() -> None:
    what = "this is not UTF-8; save the file as UTF-8"
    assert faults("title: café\nkind: ".encode() + b"caf\xe9") == [
        f"talk.yaml:2:10: the file: {what}"
    ]


def test_a_mark_of_byte_order_is_no_fault() -> None:
    assert read_rubric(b"\xef\xbb\xbf" + GOOD.encode(), "talk.yaml").title == "Talk"


def test_line_ends_of_windows_are_no_fault() -> None:
    assert read_rubric(GOOD.replace("\n", "\r\n"), "talk.yaml") == read_rubric(GOOD, "talk.yaml")


def test_every_fault_is_told_at_once_in_the_order_of_the_file() -> None:
    text = GOOD
    for old, new in [
        ("version: 1", "version: one"),
        ("graded: true", "graded: perhaps: so"),
        ("label: Often", "label: Rarely"),
        ("scale: four\n        descriptors", "scale: fuor\n        descriptors"),
        ("part_of: wait", "part_of: weight"),
        ("title: Waits after", "title: *waits"),
    ]:
        assert text.count(old) == 1
        text = text.replace(old, new)
    assert [fault.split(":")[1] for fault in faults(text)] == [
        "2",
        "6",
        "6",
        "14",
        "24",
        "32",
        "33",
    ]


def test_texts_without_quotes_are_told_together_with_the_rest() -> None:
    text = GOOD.replace("title: Waits after", "title: Waits: after").replace("Talk", "Talk: more")
    lines = [fault.split(":")[1] for fault in faults(text.replace("scale: four", "scale: fuor"))]
    assert lines == ["4", "24", "33", "34"]


def test_a_refusal_says_how_many_faults_and_that_nothing_was_used() -> None:
    with pytest.raises(RubricFaults) as refusal:
        read_rubric(changed("title: Talk\n", ""), "talk.yaml")
    assert refusal.value.sentence == "One fault in talk.yaml. Nothing of it was used."


def test_a_file_of_wrong_levels_says_so_once_and_not_at_every_criterion() -> None:
    text = GOOD.replace("value: 1", "value: one").replace("value: 2", "value: two")
    told = faults(text.replace("value: 3", "value: three"))
    assert [fault.split(":")[1] for fault in told] == ["12", "13", "14"]
