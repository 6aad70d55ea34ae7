// What a partner did meanwhile: decides what is worth telling, and when to ask again. Knows no page and no network.

export const USUALLY = 4000;
export const AT_MOST = 60_000;

/** What changed since `marks` (place → mark), as [{place, words}]; one's own doings are not told. */
export function changes(marks, news) {
  const told = news.filter(({ place, mark }) => marks.has(place) && marks.get(place) !== mark);
  return told.filter(({ mine, words }) => !mine && words).map(({ place, words, mark }) => ({ place, words, mark }));
}

/** Whether somebody has written or chosen something in these fields that is not saved. */
export function isTyped(fields) {
  return [...fields].some((field) => {
    if (field.type === "hidden") return false;
    if (field.type === "radio" || field.type === "checkbox") return field.checked !== field.defaultChecked;
    if (field.options) return [...field.options].some((option) => option.selected !== option.defaultSelected);
    return field.value !== field.defaultValue;
  });
}

/** Asks again and again while the page is seen; slower while nobody answers, never twice at once. */
export class Asking {
  constructor({ ask, heard, wait = (does, pause) => setTimeout(does, pause), forget = (timer) => clearTimeout(timer) }) {
    Object.assign(this, { ask, heard, wait, forget, pause: USUALLY, timer: null, asks: false, ended: false });
  }

  /** The page is seen (again): ask at once. */
  async begin() {
    this.rest();
    this.resting = false;
    if (!this.asks && !this.ended) await this.once();
  }

  /** The page is hidden: ask nothing until it is seen. */
  rest() {
    this.forget(this.timer);
    this.timer = null;
    this.resting = true;
  }

  async once() {
    this.asks = true;
    try {
      const answer = await this.ask();
      this.pause = USUALLY;
      this.ended = answer === "over";
      if (answer && !this.ended) this.heard(answer);
    } catch {
      this.pause = Math.min(this.pause * 2, AT_MOST);
    } finally {
      this.asks = false;
    }
    if (!this.resting && !this.ended) this.timer = this.wait(() => this.once(), this.pause);
  }
}

/** Asks one address, and hears only what differs from the last answer; "over" when one may not ask any more. */
export function asker(url, get) {
  let known = "";
  return async () => {
    const answer = await get(url, known ? { "If-None-Match": known } : {});
    if (answer.status === 304) return null;
    if (answer.redirected || [401, 403, 404].includes(answer.status)) return "over";
    if (!answer.ok) throw new Error(`${answer.status}`);
    known = answer.headers.get("ETag") ?? "";
    return (await answer.json()).news;
  };
}
