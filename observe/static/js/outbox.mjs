// What has not reached the server yet, and what each of the server's answers means for it (the table in sync/1).

import { MOST, aside, run } from "./jobs.mjs";

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

export class Outbox {
  #given;
  #size = MOST.operations;
  #csrf = null;
  #greeted = false;
  #signedIn = false;
  #known = null;
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
    const quiet = await this.#run("quiet");
    if (!quiet.device || !quiet.through || Math.abs(this.#given.now() - this.#heard) < ASK_AFTER) return false;
    if (await this.#greet()) return false;
    const answer = await this.#post(quiet);
    if (TELLING.includes(judge(answer))) await this.#act(answer, quiet);
    return this.#anything();
  }

  async #round() {
    const stop = (await this.#greet()) ?? (await this.#registered());
    if (stop) return stop;
    const batch = await this.#run("take", this.#size);
    if (!batch.rows.length) return "sent";
    if (!batch.device) return (this.#known = null);
    return this.#act(await this.#post(batch), batch);
  }

  #post(batch) {
    return this.#given.api.sync(this.#request(batch), this.#csrf);
  }

  #anything() {
    return this.#run("anything");
  }

  #run(job, ...facts) {
    return run(this.#given.store, job, facts);
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
    await this.#run("firstEpoch", body.epoch);
    return null;
  }

  async #registered() {
    this.#known ||= await this.#run("device");
    return this.#known ? null : this.#signedIn ? this.#register() : this.#forget("sign in");
  }

  async #register() {
    const { status, body } = await this.#given.api.register(this.#given.label, this.#csrf);
    if (status === 401 || status === 403) return this.#forget("sign in");
    if (!body?.device_id) return status >= 429 ? "busy" : "no network";
    await this.#run("keepDevice", body.device_id);
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
    const joined = await this.#run("settle", told, body, this.#given.now());
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
    else this.#given.tell(await this.#run("setAside", rows[0], body, this.#given.now()));
    return null;
  }

  // Where the same request without any operation is refused too, no operation is at fault.
  async #isToBlame(batch) {
    return judge(await this.#post({ ...batch, rows: [], skipped: [] })) !== "halve";
  }

  async #unsend(through, kept) {
    this.#known = null;
    this.#given.tell({ rows: await this.#run("unsend", through, kept) });
    return null;
  }

  #once(step) {
    const first = !this.#tried.has(step);
    this.#tried.add(step);
    return first;
  }

  /** Marks rows unsent, so that they are sent again as they are. */
  resend(rows) {
    return this.#run("sendAgain", rows);
  }
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
