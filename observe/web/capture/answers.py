"""How the server's answers to a tablet are spelled."""

from typing import Any

from observe.core.verdict import Verdict
from observe.services.capture import Answer, RecordLine

Json = dict[str, Any]


def answer_json(answer: Answer, *, csrf: str | None, whole: bool) -> Json:
    """What a tablet reads; under a grant alone (`whole` false) a record's line holds less."""
    return {
        "protocol": 1,
        "epoch": str(answer.epoch),
        "acknowledged_through": answer.acknowledged_through,
        "csrf": csrf,
        "results": [_verdict(verdict) for verdict in answer.verdicts],
        "records": [_record(line, whole=whole) for line in answer.records],
    }


def _verdict(verdict: Verdict) -> Json:
    """The verdict on one operation, with only the keys that say something."""
    said = {
        "op_id": str(verdict.op_id),
        "status": verdict.status,
        "sequence": verdict.sequence,
        "code": verdict.code,
        "detail": verdict.detail,
        "conflicts_with": [str(each) for each in verdict.conflicts_with] or None,
        "same_as": str(verdict.same_as) if verdict.same_as else None,
        "fields": _fields(verdict),
    }
    return {key: value for key, value in said.items() if value is not None}


def _fields(verdict: Verdict) -> Json | None:
    """{field: winning op_id}, for counted fields {field: [op_ids]}."""
    if verdict.fields is None:
        return None
    return {
        name: [str(each) for each in by] if isinstance(by, list) else str(by)
        for name, by in verdict.fields.items()
    }


def _record(line: RecordLine, *, whole: bool) -> Json:
    told: Json = {
        "observation_id": str(line.observation_id),
        "revision": line.revision,
        "state": line.state,
        "state_hash": line.state_hash,
    }
    return told | {"notes": line.notes, "ratings": line.ratings} if whole else told
