// The one thing that a page of the tablet says first.

import { drawing, make } from "../page.mjs";

/** {kind, title, words, action}: what is going on and what one can do about it, or null. `back`: the server answers again. */
export function noticeOf({ known, failed, secure, elsewhere, home, online, back }) {
  if (failed) return { kind: "bad", title: "cannot_keep_b", words: "cannot_keep", action: "check" };
  if (!known) return nobody(online);
  if (elsewhere && back) return { kind: "info", title: "answers_b", words: "answers", action: "open" };
  if (elsewhere) return { kind: "warn", ...unreachable(home, online), action: "again" };
  if (!secure) return { kind: "bad", title: "not_secure_b", words: "not_secure", action: "check" };
  return null;
}

const nobody = (online) => ({
  kind: "warn",
  title: "nobody_b",
  words: online ? "nobody_online" : "nobody_offline",
  action: online ? "sign_in" : "again",
});

const unreachable = (home, online) => ({
  title: online ? "no_answer_b" : "no_line_b",
  words: home ? "instead_of_today" : "instead_of_a_page",
});

/** The notice as a banner with the one thing to do. */
export function bannerOf({ kind, title, words, action }, say) {
  return make(
    "div",
    { className: `banner banner-${kind} section-tight`, role: "status" },
    drawing(kind),
    make("span", {}, make("b", {}, `${say(title)} `), say(words)),
    ACTIONS[action](say),
  );
}

const load = (words) => make("button", { type: "button", className: "button", onclick: () => location.reload() }, words);

const ACTIONS = {
  again: (say) => load(say("try_again")),
  open: (say) => load(say("open_page")),
  sign_in: (say) => make("a", { className: "button", href: "/sign-in?next=/" }, say("sign_in")),
  check: (say) => make("a", { className: "button", href: "/check" }, say("to_check")),
};
