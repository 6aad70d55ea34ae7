// What the server refused, in words: which line of which lesson, and why.

/** {title, text}: what the refused change was about, and its words if it had any. `lines`: note id → its text. */
export function refusedWords({ op }, { say, lines = new Map() }) {
  const [what, id, part] = (op.field ?? "").split("/");
  if (what === "note") return { title: say(part === "text" ? "refused_line" : "refused_mark"), text: textOf(op, id, part, lines) };
  if (what === "rating") return { title: say("refused_rating", { criterion: spoken(id) }), text: valueOf(op.value) };
  if (what === "lookfor") return { title: say("refused_lookfor", { criterion: spoken(id) }), text: spoken(part ?? "") };
  return { title: say(STEPS[op.kind] ?? "refused_other"), text: valueOf(op.kind === "set" ? op.value : op.value?.reason) };
}

const STEPS = {
  open: "refused_open",
  seal: "refused_seal",
  unseal: "refused_unseal",
  withdraw: "refused_withdraw",
  tally: "refused_tally",
  untally: "refused_tally",
};

const textOf = (op, id, part, lines) => (part === "text" ? valueOf(op.value) : (lines.get(id) ?? ""));

// Criteria carry a name like `wait-time`; their titles are in the rubric, which is on the sheet.
const spoken = (name) => name.replaceAll("-", " ");

const valueOf = (value = null) => (typeof value === "string" ? value : value === null ? "" : JSON.stringify(value));

/** The text of each note on this tablet, by its id, from rows of the store. */
export function linesOf(rows) {
  const texts = rows.filter((row) => /^note\/.*\/text$/.test(row.op.field ?? "") && typeof row.op.value === "string");
  return new Map(texts.map((row) => [row.op.field.split("/")[1], row.op.value]));
}
