// What has not reached the server yet, and what each of the server's answers means for it (the table in sync/1).

import { rowsOf } from "./store.mjs";

export const MOST = { operations: 200, bytes: 512 * 1024 };
const ENVELOPE = 8 * 1024;
const ROUNDS = 400;
const SENT = ["operations", "kept"];
const ASK_AFTER = 10 * 60 * 1000;
const TELLING = ["verdicts", "epoch", "register"];

/** What an answer to a batch asks the tablet to do. */
export function judge({ status, body, protocol }) {
  if (status === 0 || status === 429 || status >= 500) return status ? "busy" : "no network";
  if (status === 200) return protocol && Array.isArray(body?.results) ? "verdicts" : "no network";
  return REFUSALS[status]?.(body) ?? "no network";
}

const REFUSALS = {
  400: (body) => body?.code && "halve",
  401: () => "sign in",
  403: (body) => ({ csrf: "token", wrong_person: "wrong person", unknown_device: "register" })[body?.code],
  409: (body) => typeof body?.epoch === "string" && "epoch",
  413: () => "halve",
  426: () => "new version",
};

/** The first rows that fit into one request. */
export function fitting(rows, most = MOST.bytes - ENVELOPE) {
  let size = 0;
  return rows.filter((row, place) => {
    size += new TextEncoder().encode(JSON.stringify(row.op)).length + 40;
    return place === 0 || size <= most;
  });
}

export class Outbox {
  #given;
  #size = MOST.operations;
  #csrf = null;
  #greeted = false;
  #signedIn = false;
  #known = false;
  #tried = new Set();
  #heard = -Infinity;

  /** `given`: store, person (id), label, api, newId, now, tell (called with what changed). */
  constructor(given) {
    this.#given = given;
  }

  /** Sends what waits; answers "idle" if nothing did, "sent", or the reason why something still waits. */
  async flush() {
    this.#tried.clear();
    if (!(await this.#anything()) && !(await this.#ask())) return "idle";
    for (let round = 0; round < ROUNDS; round += 1) {
      const state = await this.#round();
      if (state) return state;
    }
    return "busy";
  }

  // A server learns only from a tablet that it came back from a backup: what waits for nothing asks too, now and then.
  async #ask() {
    const quiet = await this.#given.store.transact("readonly", (tx) => envelope(tx, []));
    if (!quiet.device || !quiet.through || Math.abs(this.#given.now() - this.#heard) < ASK_AFTER) return false;
    if (await this.#greet()) return false;
    const answer = await this.#post(quiet);
    if (TELLING.includes(judge(answer))) await this.#act(answer, quiet);
    return this.#anything();
  }

  async #round() {
    const stop = (await this.#greet()) ?? (await this.#registered());
    if (stop) return stop;
    const batch = await this.#write((tx) => take(tx, this.#size), SENT);
    if (!batch.rows.length) return "sent";
    return this.#act(await this.#post(batch), batch);
  }

  #post(batch) {
    return this.#given.api.sync(this.#request(batch), this.#csrf);
  }

  async #anything() {
    const job = (tx) => tx.by("operations", "waiting", 1, 1);
    return (await this.#given.store.transact("readonly", job, SENT)).length > 0;
  }

  /** Learns who is signed in. A grant may send for a person who is signed out; nobody sends for somebody else. */
  async #greet() {
    if (this.#greeted) return null;
    const { status, body, protocol } = await this.#given.api.session();
    if (status !== 200 || !protocol || !body || !("csrf" in body)) return status >= 429 ? "busy" : "no network";
    if (body.protocols && !body.protocols.includes(1)) return "new version";
    if (body.person && body.person !== this.#given.person) return "wrong person";
    this.#csrf = body.csrf;
    this.#signedIn = body.person !== null;
    this.#greeted = true;
    await this.#write((tx) => firstEpoch(tx, body.epoch));
    return null;
  }

  async #registered() {
    this.#known ||= Boolean(await this.#given.store.transact("readonly", (tx) => tx.get("kept", "device"), SENT));
    return this.#known ? null : this.#signedIn ? this.#register() : this.#forget("sign in");
  }

  async #register() {
    const { status, body } = await this.#given.api.register(this.#given.label, this.#csrf);
    if (status === 401 || status === 403) return this.#forget("sign in");
    if (!body?.device_id) return status >= 429 ? "busy" : "no network";
    await this.#write((tx) => tx.put("kept", body.device_id, "device"));
    return null;
  }

  #forget(state) {
    this.#greeted = false;
    this.#csrf = null;
    return state;
  }

  #request({ rows, skipped, through, device, epoch }) {
    const { person, newId, now } = this.#given;
    const operations = rows.map((row) => ({ ...row.op, device_seq: row.device_seq }));
    const head = {
      protocol: 1,
      device_id: device,
      person_id: person,
      epoch,
      batch_id: newId(),
      sent_at: new Date(now()).toISOString(),
    };
    return { ...head, acknowledged_through: through, ...(skipped.length && { skipped }), operations };
  }

  #act(answer, batch) {
    const step = judge(answer);
    return this.#steps[step]?.(answer, batch) ?? this.#forget(step);
  }

  #steps = {
    verdicts: ({ body }, batch) => this.#verdicts(body, batch),
    halve: ({ body }, batch) => this.#halve(body, batch),
    token: async () => (this.#once("token") ? this.#forget(null) : "sign in"),
    register: async () => (this.#once("register") ? this.#unsend(0, { device: null }) : "sign in"),
    epoch: async ({ body }) =>
      this.#once(body.epoch) ? this.#unsend(body.known_through ?? 0, { epoch: body.epoch }) : "busy",
  };

  async #verdicts(body, batch) {
    const told = verdictsOn(batch, body, this.#given.now());
    const joined = await this.#write((tx) => settle(tx, told, body, this.#given.now()));
    this.#csrf = body.csrf ?? this.#csrf;
    this.#heard = this.#given.now();
    this.#size = MOST.operations;
    this.#given.tell({ ...told, rows: [...told.rows, ...joined] });
    if (!told.rows.length && batch.rows.length) return "busy";
    return batch.more || told.rows.length < batch.rows.length ? null : "sent";
  }

  async #halve(body, batch) {
    const { rows } = batch;
    if (rows.length > 1) this.#size = Math.ceil(rows.length / 2);
    else if (!body?.code || !(await this.#isToBlame(batch))) return "busy";
    else this.#given.tell(await this.#write((tx) => setAside(tx, rows[0], body, this.#given.now())));
    return null;
  }

  // Where the same request without any operation is refused too, no operation is at fault.
  async #isToBlame(batch) {
    return judge(await this.#post({ ...batch, rows: [], skipped: [] })) !== "halve";
  }

  async #unsend(through, kept) {
    this.#known = false;
    this.#given.tell({ rows: await this.#write((tx) => unsend(tx, through, kept)) });
    return null;
  }

  #write(job, names) {
    return this.#given.store.transact("readwrite", job, names);
  }

  #once(step) {
    const first = !this.#tried.has(step);
    this.#tried.add(step);
    return first;
  }

  /** Marks rows unsent, so that they are sent again as they are. */
  resend(rows) {
    return this.#write((tx) => sendAgain(tx, rows), SENT);
  }
}

async function firstEpoch(tx, epoch) {
  if (epoch && (await tx.get("kept", "epoch")) === undefined) await tx.put("kept", epoch, "epoch");
}

// Marked before they leave: from now on no keystroke may rewrite them.
async function take(tx, most) {
  const [found, kept] = await Promise.all([tx.by("operations", "waiting", 1, most + 1), head(tx)]);
  const rows = fitting(found.slice(0, most));
  const batch = await envelope(tx, rows, kept);
  for (const row of rows) if (!row.sent) tx.put("operations", { ...row, sent: true });
  return { ...batch, rows: rows.map((row) => ({ ...row, sent: true })), more: found.length > rows.length };
}

async function head(tx) {
  const names = ["acknowledged_through", "device", "epoch", "skipped"];
  const [through, device, epoch, aside] = await Promise.all(names.map((name) => tx.get("kept", name)));
  return { through: through ?? 0, device, epoch, aside: new Set(aside ?? []) };
}

async function envelope(tx, rows, kept = null) {
  const { aside, ...rest } = kept ?? (await head(tx));
  return { rows, ...rest, skipped: await missing(tx, rest.through, rows, aside) };
}

// Numbers that will never be sent: set aside, or gone with an old, confirmed lesson.
async function missing(tx, through, rows, aside) {
  const last = rows.at(-1)?.device_seq ?? through;
  const whole = last - through === rows.filter((row) => row.device_seq > through).length;
  if (last <= through || whole) return [];
  const held = new Set(await tx.keysAbove("operations", through));
  const numbers = Array.from({ length: last - through }, (_, place) => through + 1 + place);
  return numbers.filter((number) => !held.has(number) || aside.has(number));
}

/** What an answer says of the rows that were sent; they have not changed since, for they had left. */
function verdictsOn({ rows }, body, now) {
  const told = { rows: [], refused: [], repairs: [], records: body.records ?? [], aliases: [] };
  const sent = new Map(rows.map((row) => [row.op.op_id, row]));
  for (const result of body.results) if (sent.has(result.op_id)) hear(told, sent.get(result.op_id), result, body, now);
  return told;
}

function hear(told, { waiting: _, ...row }, result, body, now) {
  const verdict = result.status === "duplicate" ? "accepted" : result.status;
  const { observation_id: observation } = row.op;
  const conflicts = result.conflicts_with;
  const at = { confirmed_at: now, server_time: Date.parse(body.server_time) };
  const { code = null, sequence = null, same_as } = result;
  told.rows.push({ ...row, verdict, code, sequence, conflicts, ...at, ...(same_as && { same_as }) });
  if (same_as) told.aliases.push({ first: same_as, second: observation });
  if (verdict === "rejected") told.refused.push(aside(row, result, now));
  if (code === "needs_repair") told.repairs.push({ observation, fields: result.fields ?? {} });
  if (code === "withdrawn" && !told.records.some((record) => record.observation_id === observation))
    told.records.push({ observation_id: observation, state: "withdrawn" });
}

// Nothing is asked of the store here, so that no keystroke waits for this.
async function settle(tx, { rows, refused, records, aliases }, body, now) {
  const server = Date.parse(body.server_time);
  for (const row of rows) tx.put("operations", row);
  for (const each of refused) tx.put("quarantine", each);
  for (const record of records) tx.put("kept", { ...record, heard_at: now }, `known/${record.observation_id}`);
  for (const { first, second } of aliases) tx.put("kept", first, `alias/${second}`);
  const facts = { acknowledged_through: body.acknowledged_through ?? 0, clock_offset_ms: server - now };
  for (const [key, value] of Object.entries({ ...facts, server_time: server, last_sent: now }))
    tx.put("kept", value, key);
  return joinAll(tx, rows);
}

const opensAgain = ({ op, verdict }) => verdict === "accepted" && op.kind === "unseal" && op.value?.include === true;

/** Late rows that take part from now on, because their record was opened again to include them. */
export async function joinAll(tx, rows) {
  const joined = [];
  for (const { op, sequence } of rows.filter(opensAgain)) joined.push(...(await includeLate(tx, op, sequence)));
  return joined;
}

async function includeLate(tx, { observation_id: observation }, sequence) {
  const joined = [];
  for (const name of ["operations", "fetched"]) {
    const rows = await rowsOf(tx, name, observation);
    const late = rows.filter((row) => row.verdict === "late" && !(row.sequence > sequence));
    for (const row of late) tx.put(name, { ...row, verdict: "accepted" });
    joined.push(...late.map((row) => ({ ...row, verdict: "accepted" })));
  }
  return joined;
}

const aside = (row, { code, detail }, now) => ({ op: row.op, device_seq: row.device_seq, code, detail, at: now });

async function setAside(tx, row, reason, now) {
  const { waiting: _, ...rest } = row;
  const skipped = { ...rest, verdict: "skipped", code: reason.code };
  const before = (await tx.get("kept", "skipped")) ?? [];
  tx.put("operations", skipped);
  tx.put("quarantine", aside(row, reason, now));
  tx.put("kept", [...before, row.device_seq], "skipped");
  return { rows: [skipped] };
}

async function unsend(tx, through, kept) {
  const rows = (await tx.after("operations", through)).filter((row) => row.verdict !== "skipped");
  const cursors = await tx.under("kept", "cursor/");
  tx.put("kept", through, "acknowledged_through");
  for (const [key, value] of Object.entries(kept)) tx.put("kept", value, key);
  // What other tablets wrote is asked for from the beginning: this server may have lost and regained it.
  for (const [key] of cursors) tx.remove("kept", key);
  return sendAgain(tx, rows);
}

async function sendAgain(tx, rows) {
  const again = rows.map((row) => ({
    ...row,
    waiting: 1,
    verdict: null,
    refused: row.verdict === "rejected" || row.refused,
  }));
  for (const row of again) tx.put("operations", row);
  return again;
}
