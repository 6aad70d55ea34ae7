// Signing out of a tablet: work that was not sent is sent first, taken away as a file, or kept here, as its owner says.

import { createApi } from "../device.mjs";
import { sendDrafts, waitingDrafts } from "../drafts.mjs";
import { fileName, handOut } from "../file.mjs";
import { speaker } from "../page.mjs";
import { forget, who } from "../person.mjs";
import { openStore } from "../store.mjs";
import { exportAll, unsent } from "../tablet.mjs";
import { sendOnce } from "../way_out.mjs";

const SIGN_IN = "/sign-in";
const api = createApi({ fetch: (...asked) => fetch(...asked) });

/**
 * What one can do with work that was not sent. `given`: waits () → how many changes, send () → how it ended,
 * hand (), leave () → whether it could, tell (key), ask (n or null).
 */
export function leaving(given) {
  const { waits, send, hand, leave, tell, ask } = given;
  const out = async () => (await leave()) || tell("unreachable");
  const acts = {
    send: async () => {
      tell("sending");
      const ended = await send();
      return (await waits()) === 0 ? out() : tell(REASONS[ended] ?? "busy");
    },
    export: async () => {
      await hand();
      tell("exported");
    },
    keep: out,
    stay: () => ask(null),
  };
  return {
    act: (name) => acts[name](),
    begin: async () => {
      const count = await waits();
      return count ? ask(count) : out();
    },
  };
}

const REASONS = {
  "no network": "no_network",
  "sign in": "sign_in",
  "wrong person": "wrong_person",
  "new version": "new_version",
};

/** Signs out with a token that the server gives now; false where it cannot be reached. */
export async function leaveBy(form, { api, forget: forgetPerson = forget, go = (url) => location.assign(url) }) {
  const { status, body } = await api.session();
  if (status !== 200 || !body) return false;
  forgetPerson();
  if (!body.person) return go(SIGN_IN) ?? true;
  form.elements.csrf_token.value = body.csrf;
  form.submit();
  return true;
}

/** The form and the panel with what one can do, on the page of whoever is leaving. */
class Door {
  #root;
  #say;

  constructor(root) {
    this.#root = root;
    this.#say = speaker(JSON.parse(root.dataset.words), document.documentElement.lang || "en-GB");
    this.form = root.querySelector("form");
    this.panel = root.querySelector(".leaving");
  }

  tell(name) {
    this.#root.querySelector("[data-said]").textContent = this.#say(name);
  }

  /** Asks what to do with `n` changes; null shows the form again. */
  ask(n) {
    this.panel.hidden = n === null;
    this.form.hidden = n !== null;
    this.#root.querySelector("[data-said]").textContent = "";
    if (n === null) return this.form.querySelector("button").focus();
    this.#root.querySelector("[data-waits]").textContent = this.#say("waits", { n });
    return this.#root.querySelector("#leaving-h").focus();
  }
}

function start(root) {
  const door = new Door(root);
  const way = leaving({ ...ofTheTablet(root.dataset.person), ...between(door) });
  door.form.addEventListener("submit", (event) => {
    event.preventDefault();
    way.begin();
  });
  door.panel.addEventListener("click", ({ target }) => target.dataset.do && way.act(target.dataset.do));
}

const between = (door) => ({
  leave: () => leaveBy(door.form, { api }),
  tell: (name) => door.tell(name),
  ask: (n) => door.ask(n),
});

// On a person's own page it is that person; elsewhere whoever this tablet knows.
function ofTheTablet(id) {
  const person = id ? { id, name: "" } : who();
  const store = person && openStore(person.id);
  return {
    waits: () => (store ? allWaiting(store).catch(() => 0) : 0),
    send: async () => {
      const ended = await sendOnce({ person, store, api });
      await sendDrafts({ person, store, session: api.session });
      return ended;
    },
    hand: async () => handOut(fileName("everything", Date.now()), await everything({ store, person, now: Date.now })),
  };
}

/** How many changes of records and drafts of summaries wait here. */
export const allWaiting = async (store) =>
  (await unsent(store, Date.now())).changes + (await waitingDrafts(store)).length;

const everything = async (given) => ({ ...(await exportAll(given)), drafts: await waitingDrafts(given.store) });

if (typeof document !== "undefined")
  for (const root of document.querySelectorAll("[data-module~=sign-out]")) start(root);
