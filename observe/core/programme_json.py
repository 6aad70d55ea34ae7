"""A programme as JSON with the keys of a programme file, and back; its digest is its address."""

from typing import Any

from observe.core.canonical import digest
from observe.core.exercises import Mode
from observe.core.programme import (
    Beside,
    Counts,
    EvidenceKind,
    Leads,
    Programme,
    Signer,
    Stage,
    StageKind,
    Taker,
    Where,
)
from observe.core.rubric import LessonKind

Json = dict[str, Any]

EVIDENCE_OF = {
    StageKind.SELF_EVALUATION: (EvidenceKind.SELF_EVALUATION,),
    StageKind.ASSESSMENT: (EvidenceKind.ASSESSMENT,),
    StageKind.WORKSHOP: (EvidenceKind.ATTENDANCE,),
    StageKind.PRACTICE_LESSON: (EvidenceKind.LESSON, EvidenceKind.SUMMARY),
    StageKind.PAIRED_LESSON: (EvidenceKind.PAIR, EvidenceKind.SUMMARY),
    StageKind.WORK_SCRUTINY: (EvidenceKind.LESSON, EvidenceKind.PAIR, EvidenceKind.SUMMARY),
    StageKind.VISIT: (EvidenceKind.LESSON, EvidenceKind.PAIR),
    StageKind.EXERCISE: (EvidenceKind.EXERCISE,),
    StageKind.FINAL_ASSESSMENT: (EvidenceKind.ASSESSMENT, EvidenceKind.SELF_EVALUATION),
    StageKind.TRAINING_OTHERS: (EvidenceKind.TRAINING,),
}
"""What a kind of stage can count; the first where the file names none."""

USUAL: dict[StageKind, Json] = {
    StageKind.PRACTICE_LESSON: {"lesson_kind": "lesson", "where": "own-school"},
    StageKind.PAIRED_LESSON: {"lesson_kind": "lesson"},
    StageKind.WORK_SCRUTINY: {"lesson_kind": "work-sample"},
    StageKind.VISIT: {"lesson_kind": "lesson", "where": "other-school"},
    StageKind.FINAL_ASSESSMENT: {"moment": "final"},
}
"""What is counted where the file says nothing else."""


def programme_digest(programme: Programme) -> str:
    """The address of this version: `sha256:` and 64 hexadecimal digits of its canonical JSON."""
    return digest(as_json(programme))


def as_json(programme: Programme) -> Json:
    """The keys of a programme file, with all that it leaves to what is usual spelt out."""
    return _filled(
        {
            "programme": programme.programme,
            "version": programme.version,
            "language": programme.language,
            "title": programme.title,
            "about": programme.about,
            "for": programme.taken_by.value,
            "led_by": programme.led_by.value,
            "group": {"least": programme.least, "most": programme.most},
            "then": programme.then,
            "stages": [_stage_json(stage) for stage in programme.stages],
        }
    )


def _filled(json: Json) -> Json:
    return {key: value for key, value in json.items() if value not in ("", None, [], False)}


def _stage_json(stage: Stage) -> Json:
    return _filled(
        {
            "stage": stage.stage,
            "title": stage.title,
            "kind": stage.kind.value,
            "about": stage.about,
            "counts": _counts_json(stage.counts),
            "needed": stage.needed,
            "from_week": stage.from_week,
            "by_week": stage.by_week,
            "after": list(stage.after),
            "signed_off_by": stage.signed_off_by and stage.signed_off_by.value,
        }
    )


def _counts_json(counts: Counts) -> Json:
    return _filled(
        {
            "evidence": counts.evidence.value,
            "lesson_kind": counts.lesson_kind and counts.lesson_kind.value,
            "rubric": counts.rubric,
            "where": counts.where.value,
            "beside": [each.value for each in counts.beside],
            "closed": counts.closed,
            "different_schools": counts.different_schools,
            "moment": counts.moment,
            "mode": counts.mode and counts.mode.value,
            "same": counts.same or None,
        }
    )


def from_json(json: Json) -> Programme:
    """The programme in JSON that was checked before: one taken up, or a file without faults."""
    group = json.get("group", {})
    return Programme(
        programme=json["programme"],
        version=json["version"],
        language=json["language"],
        title=json["title"],
        about=json.get("about", ""),
        taken_by=Taker(json["for"]),
        led_by=Leads(json["led_by"]),
        least=group.get("least", 8),
        most=group.get("most", 20),
        then=json.get("then", ""),
        stages=tuple(_stage(stage) for stage in json["stages"]),
    )


def _stage(json: Json) -> Stage:
    kind, signer = StageKind(json["kind"]), json.get("signed_off_by")
    return Stage(
        stage=json["stage"],
        title=json["title"],
        kind=kind,
        counts=_counts(kind, json.get("counts", {})),
        about=json.get("about", ""),
        needed=json.get("needed", 1),
        from_week=json.get("from_week", 1),
        by_week=json["by_week"],
        after=tuple(json.get("after", ())),
        signed_off_by=Signer(signer) if signer else None,
    )


def _counts(kind: StageKind, said: Json) -> Counts:
    json = {**USUAL.get(kind, {}), **said}
    lesson_kind, mode = json.get("lesson_kind"), json.get("mode")
    return Counts(
        evidence=EvidenceKind(json.get("evidence", EVIDENCE_OF[kind][0])),
        lesson_kind=LessonKind(lesson_kind) if lesson_kind else None,
        rubric=json.get("rubric", ""),
        where=Where(json.get("where", Where.ANYWHERE)),
        beside=tuple(Beside(each) for each in json.get("beside", ())),
        closed=json.get("closed", False),
        different_schools=json.get("different_schools", False),
        moment=json.get("moment", ""),
        mode=Mode(mode) if mode else None,
        same=json.get("same", 0),
    )
