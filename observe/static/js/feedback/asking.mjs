// What the author's page asks the server beside being saved: other words, and phrases to keep. Null without an answer.

const PATIENCE = 10000;

/** `given`: id of the summary, token() → the page's token or a newer one. */
export function asking({ id, token, fetch = (...asked) => globalThis.fetch(...asked) }) {
  async function ask(address, fields) {
    const csrf = await token();
    if (!csrf) return null;
    const body = new FormData();
    for (const [name, value] of fields) body.append(name, value);
    const headers = { Accept: "application/json", "X-CSRFToken": csrf };
    const how = { method: "POST", body, headers, redirect: "error", signal: AbortSignal.timeout(PATIENCE) };
    const answer = await fetch(address, how).catch(() => null);
    return answer?.ok ? answer.json().catch(() => null) : null;
  }

  const about = ({ part, criterion, notes }) => [
    ["part", part],
    ["criterion", criterion ?? ""],
    ...notes.map((note) => ["notes", note]),
  ];
  const planned = (line) =>
    line.plan ? ["when", "see"].map((name) => [name, line.plan[name] ?? ""]) : [];

  return {
    wordings: (line) => ask(`/feedback/${id}/wordings`, about(line)),
    keepPhrase: async (line, words) => {
      const fields = [...about(line), ...planned(line), ["text", words]];
      return (await ask("/feedback/phrases", fields))?.phrases ?? null;
    },
  };
}
