// What has not reached the server yet, and what each of the server's answers means for it (the table in sync/1).

export const MOST = { operations: 200, bytes: 512 * 1024 };
const ENVELOPE = 8 * 1024;
const ROUNDS = 400;
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
  #tried = new Set();
  #heard = -Infinity;

  /** `given`: store, person (id), label, api, newId, now, tell (called with what changed). */
  constructor(given) {
    this.#given = given;
  }

  /** Sends what waits; answers "idle" if nothing did, "sent", or the reason why something still waits. */
  async flush() {
    this.#tried.clear();
    if (!(await this.#anything())) await this.#ask();
    if (!(await this.#anything())) return "idle";
    for (let round = 0; round < ROUNDS; round += 1) {
      const state = await this.#round();
      if (state) return state;
    }
    return "busy";
  }

  // A server learns only from a tablet that it came back from a backup: what waits for nothing asks too, now and then.
  async #ask() {
    const quiet = await this.#given.store.transact("readonly", (tx) => envelope(tx, []));
    if (!quiet.device || !quiet.through || this.#given.now() - this.#heard < ASK_AFTER) return;
    if (await this.#greet()) return;
    const answer = await this.#given.api.sync(this.#request(quiet), this.#csrf);
    if (TELLING.includes(judge(answer))) await this.#act(answer, quiet);
  }

  async #round() {
    if (!(await this.#anything())) return "sent";
    const stop = (await this.#greet()) ?? (await this.#registered());
    if (stop) return stop;
    const batch = await this.#write((tx) => take(tx, this.#size));
    if (!batch.rows.length) return "sent";
    return this.#act(await this.#given.api.sync(this.#request(batch), this.#csrf), batch);
  }

  async #anything() {
    const rows = await this.#given.store.transact("readonly", (tx) => tx.by("operations", "waiting", 1, 1));
    return rows.length > 0;
  }

  /** Learns who is signed in. A grant may send for a person who is signed out; nobody sends for somebody else. */
  async #greet() {
    if (this.#greeted) return null;
    const { status, body } = await this.#given.api.session();
    if (status !== 200 || !body || !("csrf" in body)) return status >= 429 ? "busy" : "no network";
    if (body.person && body.person !== this.#given.person) return "wrong person";
    this.#csrf = body.csrf;
    this.#signedIn = body.person !== null;
    this.#greeted = true;
    await this.#write((tx) => firstEpoch(tx, body.epoch));
    return null;
  }

  async #registered() {
    const device = await this.#given.store.transact("readonly", (tx) => tx.get("kept", "device"));
    return device ? null : this.#signedIn ? this.#register() : this.#forget("sign in");
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
    register: async () => (this.#once("register") ? this.#unsend(0, { device: undefined }) : "sign in"),
    epoch: async ({ body }) =>
      this.#once(body.epoch) ? this.#unsend(body.known_through ?? 0, { epoch: body.epoch }) : "busy",
  };

  async #verdicts(body, batch) {
    const told = await this.#write((tx) => settle(tx, body, this.#given.now()));
    this.#csrf = body.csrf ?? this.#csrf;
    this.#heard = this.#given.now();
    this.#size = MOST.operations;
    this.#given.tell(told);
    const sent = new Set(batch.rows.map((row) => row.op.op_id));
    return told.rows.some((row) => sent.has(row.op.op_id)) ? null : "busy";
  }

  async #halve(body, { rows }) {
    if (rows.length === 1 && !body?.code) return "busy";
    if (rows.length > 1) this.#size = Math.ceil(rows.length / 2);
    else this.#given.tell(await this.#write((tx) => setAside(tx, rows[0], body, this.#given.now())));
    return null;
  }

  async #unsend(through, kept) {
    this.#given.tell({ rows: await this.#write((tx) => unsend(tx, through, kept)) });
    return null;
  }

  #write(job) {
    return this.#given.store.transact("readwrite", job);
  }

  #once(step) {
    const first = !this.#tried.has(step);
    this.#tried.add(step);
    return first;
  }

  /** Marks rows unsent, so that they are sent again as they are. */
  resend(rows) {
    return this.#write((tx) => sendAgain(tx, rows));
  }
}

async function firstEpoch(tx, epoch) {
  if (epoch && (await tx.get("kept", "epoch")) === undefined) await tx.put("kept", epoch, "epoch");
}

// Marked before they leave: from now on no keystroke may rewrite them.
async function take(tx, most) {
  const rows = fitting(await tx.by("operations", "waiting", 1, most));
  for (const row of rows) if (!row.sent) await tx.put("operations", { ...row, sent: true });
  return envelope(tx, rows);
}

async function envelope(tx, rows) {
  const through = (await tx.get("kept", "acknowledged_through")) ?? 0;
  const skipped = rows.length ? await missing(tx, through, rows.at(-1).device_seq) : [];
  return { rows, skipped, through, device: await tx.get("kept", "device"), epoch: await tx.get("kept", "epoch") };
}

// Numbers that will never be sent: set aside, or gone with an old, confirmed lesson.
async function missing(tx, through, last) {
  const held = new Set(await tx.keysAbove("operations", through));
  const aside = new Set((await tx.get("kept", "skipped")) ?? []);
  const numbers = Array.from({ length: Math.max(0, last - through) }, (_, place) => through + 1 + place);
  return numbers.filter((number) => !held.has(number) || aside.has(number));
}

async function settle(tx, body, now) {
  const told = { rows: [], repairs: [], records: body.records ?? [] };
  for (const result of body.results) {
    const [row] = await tx.by("operations", "op_id", result.op_id, 1);
    if (row) await confirm(tx, row, result, now, told);
  }
  for (const record of told.records) await tx.put("kept", record, `known/${record.observation_id}`);
  await tx.put("kept", body.acknowledged_through ?? 0, "acknowledged_through");
  await tx.put("kept", Date.parse(body.server_time) - now, "clock_offset_ms");
  await tx.put("kept", now, "last_sent");
  return told;
}

async function confirm(tx, row, result, now, told) {
  const { waiting: _, ...rest } = row;
  const verdict = result.status === "duplicate" ? "accepted" : result.status;
  const confirmed = {
    ...rest,
    verdict,
    code: result.code ?? null,
    sequence: result.sequence ?? null,
    conflicts: result.conflicts_with,
    confirmed_at: now,
  };
  await tx.put("operations", confirmed);
  if (verdict === "rejected") await tx.put("quarantine", { ...aside(row, result, now) });
  if (result.code === "needs_repair")
    told.repairs.push({ observation: row.op.observation_id, fields: result.fields ?? {} });
  told.rows.push(
    confirmed,
    ...(verdict === "accepted" && opensAgain(row.op) ? await join(tx, row.op.observation_id) : []),
  );
}

const opensAgain = (op) => op.kind === "unseal" && op.value?.include === true;

// What came late joins a record that was opened again to include it.
async function join(tx, observation) {
  const joined = [];
  for (const name of ["operations", "fetched"]) {
    const late = (await tx.by(name, "observation", observation)).filter((row) => row.verdict === "late");
    for (const row of late) await tx.put(name, { ...row, verdict: "accepted" });
    joined.push(...late.map((row) => ({ ...row, verdict: "accepted" })));
  }
  return joined;
}

const aside = (row, { code, detail }, now) => ({ op: row.op, device_seq: row.device_seq, code, detail, at: now });

async function setAside(tx, row, reason, now) {
  const { waiting: _, ...rest } = row;
  const skipped = { ...rest, verdict: "skipped", code: reason.code };
  await tx.put("operations", skipped);
  await tx.put("quarantine", aside(row, reason, now));
  await tx.put("kept", [...((await tx.get("kept", "skipped")) ?? []), row.device_seq], "skipped");
  return { rows: [skipped] };
}

async function unsend(tx, through, kept) {
  const rows = (await tx.all("operations")).filter((row) => row.device_seq > through && row.verdict !== "skipped");
  await tx.put("kept", through, "acknowledged_through");
  for (const [key, value] of Object.entries(kept)) await tx.put("kept", value, key);
  return sendAgain(tx, rows);
}

async function sendAgain(tx, rows) {
  const again = rows.map((row) => ({
    ...row,
    waiting: 1,
    verdict: null,
    refused: row.verdict === "rejected" || row.refused,
  }));
  for (const row of again) await tx.put("operations", row);
  return again;
}
