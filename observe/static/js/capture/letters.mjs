// What goes between this record and the server: sending, verdicts, what other tabs and tablets wrote, the partner.

import { bring, lessonOf } from "../device.mjs";
import { wayOut } from "../way_out.mjs";
import { repairer, stateOf } from "./seal.mjs";

const PATIENCE = 3000;

export class Letters {
  #given;
  #way;
  #repair;

  /** `given`: person, store, api, record, lesson, seal (seals again), tell (something is to be drawn anew). */
  constructor(given) {
    this.#given = given;
    this.net = "sent";
    this.known = given.lesson.state ?? null;
    this.pair = given.lesson.pair ?? null;
    this.quarantine = [];
    const { record, seal } = given;
    const bringAll = () => this.#bring();
    this.#way = wayOut({
      ...given,
      tell: (state) => this.#sent(state),
      heard: (told) => this.#heard(told),
      changed: ({ data }) => this.#hearTab(data),
    });
    this.#repair = repairer({ record, outbox: this.#way, bring: bringAll, seal });
    given.record.onChange(({ rows }) => rows?.length && this.#wrote(rows));
  }

  /** `draft`, `closing`, `sealed` or `withdrawn`. */
  get state() {
    return stateOf(this.#given.record, this.known);
  }

  /** Asks at once, because the person said so. */
  now() {
    return this.#way.now();
  }

  start() {
    return this.#way.start();
  }

  /** After the tablet slept: what others did meanwhile. */
  wake() {
    this.fetch();
    if (this.state === "sealed") this.partner();
  }

  #wrote(rows) {
    this.#way.post(rows);
    this.#way.soon();
  }

  #bring(whole = false) {
    const { api, store, record } = this.#given;
    return bring({ api, store, observation: record.observation, whole });
  }

  /** What the outbox learned: verdicts, states of records, and seals that did not fit. */
  #heard({ rows = [], records = [], repairs = [] }) {
    const { record, tell } = this.#given;
    const mine = records.find((each) => record.is(each.observation_id));
    if (mine) this.known = mine.state;
    record.take(rows);
    if (repairs.length) this.#repair(repairs).catch(() => {});
    else if (mine) this.#catchUp(mine).catch(() => {});
    tell();
  }

  // Another tablet of this person wrote to this record: the server's state is not ours, though nothing waits here.
  async #catchUp({ state_hash: theirs }) {
    const { record } = this.#given;
    if (record.waiting.length || theirs === (await record.hash())) return;
    record.take(await this.#bring());
  }

  async #sent(state) {
    if (state === "sending") return;
    const { store, tell } = this.#given;
    this.net = state === "idle" ? (this.#way.likely() ? "sent" : this.net) : state;
    this.quarantine = await store.transact("readonly", (tx) => tx.all("quarantine")).catch(() => this.quarantine);
    tell();
  }

  #hearTab({ rows = [], known }) {
    const { record, tell } = this.#given;
    if (known && rows.some((row) => record.is(row.op.observation_id))) this.known = known;
    record.take(rows);
    tell();
  }

  /** How far the pair is, once this record is sealed. */
  async partner() {
    if (!this.#way.likely()) return;
    const { api, record, tell } = this.#given;
    const lesson = await lessonOf(api, record.observation);
    this.pair = lesson?.pair ?? this.pair;
    tell();
  }

  /** What another tablet wrote meanwhile. */
  async fetch({ whole = false } = {}) {
    if (!this.#way.likely()) return;
    const { record } = this.#given;
    await this.#bring(whole).then(
      (rows) => record.take(rows),
      () => {},
    );
  }

  /** What another tablet wrote is there before the first tap, if the network is quick enough. */
  async fetchFirst() {
    const { record, lesson } = this.#given;
    const empty = record.rows.size === 0;
    if (lesson.unplanned || (empty && lesson.state === "planned")) return;
    const fetched = this.fetch({ whole: empty && ["sealed", "withdrawn"].includes(lesson.state) });
    if (empty) await Promise.race([fetched, new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
  }
}
