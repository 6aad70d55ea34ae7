// Why there is no record to write on this page, and what to do.

import { drawing, make } from "../page.mjs";
import { signInAddress } from "./acts.mjs";

const KEYS = {
  "no record": "no_record",
  nobody: "nobody",
  "no network": "no_network_here",
  "not yours": "not_yours",
  "no store": "no_store",
};

/** The banner for a reason. `given`: sheet (addresses), say, observation, here (a location to come back to). */
export function noRecord(why, given) {
  const { say } = given;
  const key = KEYS[why];
  const words = make("span", { role: "alert" }, make("b", {}, `${say(`${key}_b`)} `), say(key));
  return make("div", { className: "banner banner-warn sheet-offline" }, drawing("warn"), words, wayOn(why, given));
}

function wayOn(why, { sheet, say, observation, here }) {
  const [href, words] =
    {
      nobody: [signInAddress(sheet.sign_in_url, here), "act_sign_in"],
      "no store": ["/check", "to_check"],
      "not yours": [`/sheet/${observation}`, "what_became"],
    }[why] ?? [sheet.today_url, "to_today"];
  return make("a", { className: "button", href }, say(words));
}
