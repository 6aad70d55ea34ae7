// What each button of a banner does.

import { copied } from "../clipboard.mjs";
import { newestRelease } from "../shell.mjs";
import { sheetOf } from "./agenda.mjs";
import { unsavedText } from "./lesson_file.mjs";

/** `{name of an act: what it does}`. `given`: record, letters, file (hands the lesson out), reopen, signInUrl, say, aloud. */
export const actsOf = ({ record, letters, file, reopen, signInUrl, say, aloud }) => ({
  copy: () => copied(unsavedText(record)).then((done) => done && aloud(say("did_copy"))),
  export: file,
  send: () => letters.now(),
  sign_in: () => location.assign(signInAddress(signInUrl, location)),
  load: () => loadNewest(record),
  include: reopen,
  other_sheet: () => location.assign(sheetOf({ ...letters.lesson, observation_id: record.observation })),
});

/** Where one signs in and comes back to this very record. */
export const signInAddress = (url, { pathname, hash }) => `${url}?next=${encodeURIComponent(pathname + hash)}`;

/** The same sheet of the newest release, once all that was written is in the store. */
async function loadNewest(record) {
  await record.settled();
  await newestRelease(navigator.serviceWorker).catch(() => null);
  location.reload();
}
