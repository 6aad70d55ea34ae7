// What the server refused, in words: which line of which lesson, and why.

/** {title, text}: what the refused change was about, and its words if it had any. `lines`: note id → its text. */
export function refusedWords({ op }, { say, lines = new Map() }) {
  const [what, id, part] = op.kind === "set" ? op.field.split("/") : [];
  return (
    PARTS[what]?.({ say, op, id, part, lines }) ?? { title: say(STEPS[op.kind] ?? "refused_other"), text: saidIn(op) }
  );
}

const PARTS = {
  note: ({ say, op, id, part, lines }) =>
    part === "text"
      ? { title: say("refused_line"), text: valueOf(op.value) }
      : { title: say("refused_mark"), text: lines.get(id) ?? "" },
  rating: ({ say, op, id }) => ({ title: say("refused_rating", { criterion: spoken(id) }), text: valueOf(op.value) }),
  lookfor: ({ say, id, part }) => ({
    title: say("refused_lookfor", { criterion: spoken(id) }),
    text: spoken(part ?? ""),
  }),
};

const STEPS = {
  open: "refused_open",
  seal: "refused_seal",
  unseal: "refused_unseal",
  withdraw: "refused_withdraw",
  tally: "refused_tally",
  untally: "refused_tally",
};

const saidIn = (op) => valueOf(op.kind === "set" ? op.value : op.value?.reason);

// Criteria carry a name like `wait-time`; their titles are in the rubric, which is on the sheet.
const spoken = (name) => name.replaceAll("-", " ");

const valueOf = (value = null) => (typeof value === "string" ? value : value === null ? "" : JSON.stringify(value));

/** The text of each note on this tablet, by its id, from rows of the store. */
export function linesOf(rows) {
  const texts = rows.filter((row) => /^note\/.*\/text$/.test(row.op.field ?? "") && typeof row.op.value === "string");
  return new Map(texts.map((row) => [row.op.field.split("/")[1], row.op.value]));
}
