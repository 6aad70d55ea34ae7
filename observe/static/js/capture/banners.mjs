// The one thing to be told above the sheet: what goes on, and what one can do about it.

import { WAITS_TOO_LONG } from "./waiting.mjs";

/**
 * `{kind, key, values, sign, actions}` of what is most urgent, or null. `about`: record, figures, net, refused, late (numbers),
 * here (some of the late was written on this tablet), shut (a partner has sealed), state, waited (ms), since (a day in words), quiet (nobody writes), lesson, rubric (digest
 * of the page), newer (a release waits).
 */
export function banner(about) {
  for (const reason of REASONS) {
    const told = reason(about);
    if (told) return told;
  }
  return null;
}

const bad = (key, actions, values) => ({ kind: "bad", key, actions, values });
const warn = (key, actions, values) => ({ kind: "warn", key, actions, values });

const REASONS = [
  ({ record }) => record.tooLong.size && bad("too_long", ["copy", "export"]),
  ({ record }) => record.saving === "failed" && bad("not_saved_more", ["copy", "export"]),
  ({ net }) => net === "wrong person" && bad("wrong_person", ["export"]),
  ({ refused }) => refused && bad("refused", ["export"], { n: refused }),
  ({ waited, since, net }) => waited >= WAITS_TOO_LONG && bad("waits_too_long", [wayOut(net), "export"], { since }),
  lateOne,
  otherRubric,
  ({ lesson, state }) => lesson?.gone && state === "draft" && warn("gone", ["export"]),
  ({ net, ...about }) => NET[net]?.(about),
  ({ newer, quiet }) => newer && quiet && warn("newer", ["load"]),
];

const wayOut = (net) => (net === "sign in" ? "sign_in" : "send");

// After an early opening it is this tablet's own lines that come late.
function lateOne({ late, here, shut, state }) {
  if (!late || state !== "sealed") return null;
  const values = { n: late };
  if (shut) return { kind: "info", key: here ? "late_here_shut" : "late_shut", values };
  return warn(here ? "late_here" : "late_more", ["include"], values);
}

// What was written is on the sheet of either rubric; the new one is opened once nothing is on its way.
function otherRubric({ lesson, rubric, state, quiet }) {
  if (!lesson || lesson.rubric === rubric || state !== "draft") return null;
  return warn("other_rubric", quiet ? ["other_sheet"] : []);
}

const NET = {
  "sign in": () => warn("sign_in", ["sign_in"]),
  "new version": ({ quiet }) => warn("new_version", quiet ? ["load"] : []),
  "no network": ({ figures: { notes, ratings } }) => ({
    ...warn("no_network", ["send", "export"], { notes, ratings }),
    sign: "off",
  }),
  busy: () => warn("busy", ["send"]),
};
