// Why there is no record to write on this page, and what to do.

import { make } from "../page.mjs";

const KEYS = {
  "no record": "no_record",
  nobody: "nobody",
  "no network": "no_network_here",
  "not yours": "not_yours",
  "no store": "no_store",
};

/** The banner for a reason; `here` is the address to come back to after signing in. */
export function noRecord(why, given) {
  const { say } = given;
  const key = KEYS[why];
  const words = make("span", { role: "alert" }, make("b", {}, `${say(`${key}_b`)} `), say(key));
  return make("div", { className: "banner banner-warn" }, words, wayOn(why, given));
}

function wayOn(why, { sheet, say, observation, here }) {
  const signIn = `${sheet.sign_in_url}?next=${encodeURIComponent(here)}`;
  const [href, words] =
    {
      nobody: [signIn, "act_sign_in"],
      "no store": ["/check", "to_check"],
      "not yours": [`/sheet/${observation}`, "what_became"],
    }[why] ?? [sheet.today_url, "to_today"];
  return make("a", { className: "button", href }, say(words));
}
