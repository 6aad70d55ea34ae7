// Signing out of a tablet: work that was not sent is sent first, taken away as a file, or kept here, as its owner says.

import { createApi } from "../device.mjs";
import { fileName, handOut } from "../file.mjs";
import { speaker } from "../page.mjs";
import { forget, who } from "../person.mjs";
import { openStore } from "../store.mjs";
import { exportAll, unsent } from "../tablet.mjs";
import { sendOnce } from "../way_out.mjs";

const SIGN_IN = "/sign-in";

/** `given`: waits () → how many changes, send () → how it ended, hand (), leave () → whether it could, tell (key, n), ask (n or null). */
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

function start(root) {
  const person = root.dataset.person ? { id: root.dataset.person, name: "" } : who();
  const form = root.querySelector("form");
  const panel = root.querySelector(".leaving");
  const say = speaker(JSON.parse(root.dataset.words), document.documentElement.lang || "en-GB");
  const api = createApi({ fetch: (...asked) => fetch(...asked) });
  const store = person && openStore(person.id);
  const tell = (name, n) => (root.querySelector("[data-said]").textContent = say(name, { n }));
  const given = {
    waits: () => (store ? unsent(store, Date.now()).then(({ changes }) => changes, () => 0) : 0),
    send: () => sendOnce({ person, store, api }),
    hand: async () => handOut(fileName("everything", Date.now()), await exportAll({ store, person, now: Date.now })),
    leave: () => leaveBy(form, { api }),
    tell,
    ask: (n) => show(n),
  };
  const way = leaving(given);

  function show(n) {
    panel.hidden = n === null;
    form.hidden = n !== null;
    root.querySelector("[data-said]").textContent = "";
    if (n === null) return form.querySelector("button").focus();
    root.querySelector("[data-waits]").textContent = say("waits", { n });
    return root.querySelector("#leaving-h").focus();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    way.begin();
  });
  panel.addEventListener("click", ({ target }) => target.dataset.do && way.act(target.dataset.do));
}

if (typeof document !== "undefined") for (const root of document.querySelectorAll("[data-module~=sign-out]")) start(root);
