// The author's page: keeps what is typed, carries out what a button asks without leaving the page, and lets notes be dragged.

import { post } from "../posting.mjs";
import { createSaver } from "../saver.mjs";

const form = document.querySelector("[data-module~=draft]");
const saving = document.getElementById("saving");
const lines = document.getElementById("lines");
const beside = document.getElementById("beside");
const revision = document.getElementById("revision");
let leaving = false;

const saver = createSaver({ send, told });

async function send(asked) {
  const body = new FormData(form);
  if (asked) body.set("do", asked);
  try {
    const response = await post(form.dataset.lines, body);
    return response.ok ? take(await response.json()) : refused(response);
  } catch {
    return false;
  }
}

function take({ revision: now, saved, words, beside: checked, lines: changed }) {
  revision.value = now;
  saving.innerHTML = saved;
  document.getElementById("words").textContent = words;
  keepPlace(() => {
    const into = document.getElementById("into")?.value;
    beside.innerHTML = checked;
    choose(into);
    if (changed && !saver.waits()) lines.innerHTML = changed; // words typed meanwhile count for more than a button
  });
  return true;
}

// Somebody else wrote, or it was sent: the page itself says so, and keeps what was typed.
function refused(response) {
  if (response.status === 412 || response.status === 409) {
    leaving = true;
    form.requestSubmit(form.querySelector("button[value=save]"));
  }
  return false;
}

function told(state) {
  saving.classList.toggle("saving-off", state !== "saved");
  if (state === "waiting") saving.textContent = form.dataset.waiting;
  if (state === "lost") saving.textContent = form.dataset.lost;
}

// What had the focus has it again after the page was renewed around it.
function keepPlace(renew) {
  const held = document.activeElement;
  const id = held?.id;
  const asked = held?.name === "do" ? held.value : null;
  renew();
  const found = (id && document.getElementById(id)) || (asked && form.querySelector(`button[value="${CSS.escape(asked)}"]`));
  if (found && found !== document.activeElement) found.focus({ preventScroll: true });
}

const choose = (line) => {
  const into = document.getElementById("into");
  if (into && line && [...into.options].some((option) => option.value === line)) into.value = line;
};
const lineOf = (element) => element.closest?.("[data-line]")?.dataset.line;

form.addEventListener("input", (event) => event.target.id !== "into" && saver.changed());
form.addEventListener("focusin", (event) => choose(lineOf(event.target)));

form.addEventListener("submit", async (event) => {
  const asked = event.submitter?.value ?? "save";
  if (leaving) return;
  event.preventDefault();
  if (asked !== "submit") {
    await saver.flush(asked);
    return;
  }
  if (await saver.flush()) {
    leaving = true;
    setTimeout(() => form.requestSubmit(event.submitter)); // a form cannot be sent from within its own sending
  }
});

beside.addEventListener("dragstart", (event) => {
  const note = event.target.closest?.("[data-note]")?.dataset.note;
  if (note) event.dataTransfer.setData("text/plain", note);
});
lines.addEventListener("dragover", (event) => mark(event, true));
lines.addEventListener("dragleave", (event) => mark(event, false));
lines.addEventListener("drop", (event) => {
  mark(event, false);
  const note = event.dataTransfer.getData("text/plain");
  if (lineOf(event.target) && document.getElementById(`note-${note}`)) saver.flush(`use ${note} ${lineOf(event.target)}`);
});

function mark(event, on) {
  const line = event.target.closest?.("[data-line]");
  if (!line) return;
  event.preventDefault();
  line.classList.toggle("is-target-of-drag", on);
}

addEventListener("beforeunload", (event) => {
  if (saver.waits() && !leaving) event.preventDefault();
});
