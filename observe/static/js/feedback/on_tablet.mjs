// What of this person's summaries waits on this tablet, said where all summaries are listed, and sent from there.

import { createApi } from "../device.mjs";
import { sendDrafts, waitingDrafts } from "../drafts.mjs";
import { make, part } from "../page.mjs";
import { openStore } from "../store.mjs";

const root = part("on-tablet");

async function tell(store) {
  const waiting = await waitingDrafts(store);
  root.hidden = waiting.length === 0;
  const link = ({ id, teacher }) => make("a", { href: `/feedback/draft#${id}` }, teacher);
  root.querySelector("ul").replaceChildren(...waiting.map((draft) => make("li", {}, link(draft))));
}

async function start() {
  const person = { id: root.dataset.person };
  const store = openStore(person.id);
  await tell(store);
  if (!root.hidden) await sendDrafts({ person, store, session: createApi().session });
  await tell(store);
}

if (root) start().catch(() => {});
