// One lesson as this tablet holds it.

/** One lesson with what belongs to it, from the tablet alone: `{lesson, person, precedents}`, or null. */
export function lessonHere(store, observation) {
  return store.transact("readonly", async (tx) => {
    const real = (await tx.get("kept", `alias/${observation}`)) ?? observation;
    const keys = [`lesson/${real}`, `known/${real}`, "bootstrap"];
    const [lesson, known, told] = await Promise.all(keys.map((key) => tx.get("kept", key)));
    if (!lesson) return null;
    const precedents = (told?.precedents ?? []).filter((rule) => rule.rubric === lesson.rubric);
    return { lesson: { ...lesson, state: known?.state ?? lesson.state }, person: told?.person, precedents };
  });
}

/** The value of the `open` that begins this lesson's record. */
export function openingOf(lesson) {
  if (!lesson.unplanned) return { lesson_id: lesson.lesson_id };
  const { lesson_id, kind, school, teacher, class: taught, starts_at, rubric } = lesson;
  return {
    lesson: { lesson_id, kind, school, teacher, class: taught, starts_at, rubric },
    pair_code: lesson.pair_code ?? null,
  };
}
