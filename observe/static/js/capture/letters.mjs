// What goes between this record and the server: sending, verdicts, what other tabs and tablets wrote, the partner.

import { bring } from "../device.mjs";
import { lessonHere } from "../lesson_here.mjs";
import { heldOf } from "../record.mjs";
import { refresh } from "../refresh.mjs";
import { wayOut } from "../way_out.mjs";
import { repairer, stateHere } from "./seal.mjs";

const PATIENCE = 3000;

export class Letters {
  #given;
  #way;
  #repair;

  /**
   * `given`: person, store, api, record, lesson, seal (seals again), tell (something is to be drawn anew), told (the
   * server told the lesson anew); `way` opens the way to the server.
   */
  constructor({ way = wayOut, ...given }) {
    this.#given = given;
    this.net = "sent";
    this.known = given.lesson.state ?? null;
    this.lesson = given.lesson;
    this.quarantine = [];
    const { record, seal } = given;
    const bringAll = () => this.#bring();
    this.#way = way({
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
    return stateHere(this.#given.record, this.known);
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
    this.news();
  }

  get pair() {
    return this.lesson.pair ?? null;
  }

  /** Whether a partner has sealed, so that this record stays closed once it is. */
  get shut() {
    return Boolean(this.pair?.partner_sealed) || this.#mine.some(isShut);
  }

  /** How much of this record the server refused; that it came too late to be opened again is said elsewhere. */
  get refused() {
    return this.#mine.filter((each) => !isShut(each)).length;
  }

  get #mine() {
    return this.quarantine.filter((each) => this.#given.record.is(each.op.observation_id));
  }

  /** Whether something may come from the server at any time: a partner who joins, or who seals too. */
  get awaits() {
    const { state, partners = [] } = this.pair ?? {};
    if (this.lesson.pair_code && !partners.length) return true;
    return this.state === "sealed" && Boolean(state) && !["revealed", "closed"].includes(state);
  }

  #wrote(rows) {
    this.#way.post(rows);
    this.#way.soon();
  }

  // What another tablet wrote may be in the store already, because another page of this one asked for it.
  async #bring(whole = false) {
    const { api, store, record } = this.#given;
    await bring({ api, store, observation: record.observation, whole });
    const held = await store.transact("readonly", heldOf(record.observation));
    return held.filter((row) => !record.rows.has(row.op.op_id));
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
    const refused = store.transact("readonly", (tx) => tx.all("quarantine"), ["quarantine"]);
    this.quarantine = await refused.catch(() => this.quarantine);
    tell();
  }

  #hearTab({ rows = [], known }) {
    const { record, tell } = this.#given;
    if (known && rows.some((row) => record.is(row.op.observation_id))) this.known = known;
    record.take(rows);
    tell();
  }

  /** What the server tells of the lesson by now: who observes beside, how far they are, another room or rubric. */
  async news() {
    if (!this.#way.likely()) return;
    const { api, store, record, told, tell } = this.#given;
    const asked = await refresh({ api, store, now: Date.now, titles: false }).catch(() => null);
    const here = asked && (await lessonHere(store, record.observation).catch(() => null));
    if (!here) return;
    this.lesson = here.lesson;
    this.known = here.lesson.state ?? this.known;
    told(here.lesson);
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

const isShut = ({ op, code }) => op.kind === "unseal" && code === "partner_sealed";
