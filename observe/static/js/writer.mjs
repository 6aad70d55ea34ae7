// The worker that writes for a page: it opens the same database, and nothing is drawn here.
// The page's own script starts it from its own address, so that a tablet fetches one file for both.

import { run } from "./jobs.mjs";
import { newId } from "./operations.mjs";
import { Scribe } from "./scribe.mjs";
import { openStore } from "./store.mjs";

const scribes = new Map();
let store = null;

const acts = {
  begin,
  scribe: (facts) => scribes.set(facts.observation, aScribe(facts)),
  run: ({ job, name, facts }) =>
    run(store, name, facts).then(
      (answer) => postMessage({ ran: { job, answer } }),
      ({ name: kind, message }) => postMessage({ ran: { job, fault: { name: kind, message } } }),
    ),
};

// Until the database is open the page writes by itself.
function begin({ person }) {
  store = openStore(person);
  const opened = store.transact("readonly", (tx) => tx.get("kept", "lamport"));
  opened.then(
    () => postMessage({ ready: true }),
    () => {},
  );
}

const aScribe = ({ observation, rubric }) =>
  new Scribe({
    ...{ store, observation, rubric, newId },
    later: (job, delay) => setTimeout(job, delay),
    tell: (told) => postMessage({ told: { ...told, of: observation } }),
  });

/** Does from now on what the page asks for. */
export function serve() {
  addEventListener("message", ({ data }) => {
    if (data.turn) scribes.get(data.of).take(data.turn);
    else for (const [name, act] of Object.entries(acts)) if (data[name]) act(data[name]);
  });
}
