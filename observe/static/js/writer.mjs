// The worker that writes for a sheet. It opens the same database; the page draws, and this one writes.

import { newId } from "./operations.mjs";
import { Scribe } from "./scribe.mjs";
import { openStore } from "./store.mjs";

let scribe = null;

function begin({ person, observation, rubric }) {
  const given = { store: openStore(person), observation, rubric, newId };
  scribe = new Scribe({ ...given, later: (job, delay) => setTimeout(job, delay), tell: (told) => postMessage(told) });
}

addEventListener("message", ({ data }) => (data.begin ? begin(data.begin) : scribe.take(data)));
