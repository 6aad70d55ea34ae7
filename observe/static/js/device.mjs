// What this tablet asks the server: who is signed in, its own registration, and what the server holds.

const PATIENCE = 15000;

/** Asks under /api/v1; `status` is 0 where no answer came, `body` null where it was not JSON. */
export function createApi({ fetch, root = "/api/v1" }) {
  const ask = async (method, path, { body, csrf } = {}) => {
    try {
      return await read(await fetch(root + path, asked(method, body, csrf)));
    } catch {
      return { status: 0, body: null, protocol: false };
    }
  };
  return {
    session: () => ask("GET", "/session"),
    register: (label, csrf) => ask("POST", "/devices", { body: { label }, csrf }),
    sync: (batch, csrf) => ask("POST", "/sync", { body: batch, csrf }),
    bootstrap: () => ask("GET", "/bootstrap"),
    changes: (cursor) => ask("GET", `/changes?cursor=${encodeURIComponent(cursor)}`),
  };
}

function asked(method, body, csrf) {
  const headers = { Accept: "application/json" };
  if (body) headers["Content-Type"] = "application/json";
  if (csrf) headers["X-CSRFToken"] = csrf;
  return { method, headers, body: body && JSON.stringify(body), credentials: "same-origin", redirect: "error", signal: AbortSignal.timeout(PATIENCE) };
}

async function read(response) {
  const protocol = response.headers.get("X-Observe-Protocol") === "1";
  const body = await response.json().catch(() => null);
  return { status: response.status, body, protocol };
}

/** Brings what the server holds of this observation and this tablet does not; answers the new rows. */
export async function bring({ api, store, observation, whole = false }) {
  const cursor = await store.transact("readonly", (tx) => tx.get("kept", `cursor/${observation}`));
  const brought = cursor === undefined && !whole ? await ownOpen(api, observation) : await changesSince(api, cursor ?? 0, observation);
  return brought ? store.transact("readwrite", (tx) => keepFetched(tx, observation, brought)) : [];
}

/** The lesson of an observation as bootstrap tells it, with the state of its pair, or null. */
export async function lessonOf(api, observation) {
  const { status, body } = await api.bootstrap();
  return (status === 200 && body?.lessons?.find((lesson) => lesson.observation_id === observation)) || null;
}

async function ownOpen(api, observation) {
  const { status, body } = await api.bootstrap();
  const operations = status === 200 && body?.records?.find((record) => record.observation_id === observation)?.operations;
  return operations ? { operations, cursor: Math.max(0, ...operations.map((op) => op.sequence ?? 0)) } : null;
}

async function changesSince(api, cursor, observation, before = []) {
  const { status, body } = await api.changes(cursor);
  if (status !== 200 || !Array.isArray(body?.operations)) return { cursor, operations: before };
  const operations = [...before, ...body.operations.filter((op) => op.observation_id === observation)];
  const more = body.operations.length && body.cursor !== cursor;
  return more ? changesSince(api, body.cursor, observation, operations) : { cursor: body.cursor ?? cursor, operations };
}

// What this tablet wrote itself is in its own rows already.
async function keepFetched(tx, observation, { cursor, operations }) {
  const rows = [];
  for (const sent of operations) {
    const [own] = await tx.by("operations", "op_id", sent.op_id, 1);
    if (!own) rows.push(asRow(sent));
  }
  for (const row of rows) await tx.put("fetched", row);
  await tx.put("kept", cursor, `cursor/${observation}`);
  await tx.put("kept", Math.max((await tx.get("kept", "lamport")) ?? 0, ...rows.map((row) => row.op.lamport)), "lamport");
  return rows;
}

const asRow = ({ status, sequence, conflicts_with: conflicts, ...op }) => ({ op, verdict: status === "late" ? "late" : "accepted", sequence, conflicts });
