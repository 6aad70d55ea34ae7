// A lesson as a file for the person: for the day when it cannot be sent.

import { handOut } from "../file.mjs";
import { heldByServer } from "../record.mjs";

/** Everything of this lesson that the tablet holds, as one file that another tablet can send. */
export function exportOf({ record, person, lesson, rubric, device, quarantine, now }) {
  const rows = [...record.rows.values()];
  // What nobody could read as an operation would spoil the file; it is in the quarantine.
  const own = rows.filter((row) => row.device_seq && row.verdict !== "skipped");
  return {
    format: "observe-export/1",
    exported_at: new Date(now).toISOString(),
    person_id: person.id,
    device_id: device ?? null,
    observation_id: record.observation,
    lesson,
    rubric,
    operations: own.map((row) => ({ ...row.op, device_seq: row.device_seq })),
    from_elsewhere: rows.filter((row) => !row.device_seq).map((row) => row.op),
    confirmed: rows.filter(heldByServer).map((row) => row.op.op_id),
    not_saved: record.unsaved.map(({ kind, field, value }) => ({ kind, field, value })),
    quarantine,
  };
}

/** Hands out the lesson; works without a network, and where the store cannot be read. */
export async function handOutLesson({ store, ...given }) {
  const device = await store.transact("readonly", (tx) => tx.get("kept", "device")).catch(() => null);
  const { record, lesson } = given;
  const name = `observe-${lesson.starts_at?.slice(0, 10) ?? "lesson"}-${record.observation.slice(-6)}.json`;
  handOut(name, exportOf({ ...given, device }));
}

/** Texts that are only on the screen, one below the other. */
export const unsavedText = (record) =>
  record.unsaved
    .map((each) => each.value)
    .filter((value) => typeof value === "string")
    .join("\n\n");
