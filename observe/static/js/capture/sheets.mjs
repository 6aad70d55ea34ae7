// Which sheets a tablet keeps, so that they open without a network.

import { sheetPage } from "./agenda.mjs";

/** The addresses of the sheets of all rubrics, those of the lessons first. */
export function sheetsOf(lessons, rubrics) {
  const digests = [...lessons.map((lesson) => lesson.rubric), ...rubrics];
  return [...new Set(digests.filter(Boolean))].map(sheetPage);
}

/** The sheets that the person of a store may need: of the lessons here, and of every rubric that the server told. */
export const sheetsHere = (store) =>
  store.transact("readonly", async (tx) => {
    const lessons = (await tx.under("kept", "lesson/")).map(([, lesson]) => lesson);
    const told = await tx.get("kept", "bootstrap");
    return sheetsOf(lessons, told?.rubrics ?? []);
  });
