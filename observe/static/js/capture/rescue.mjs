// The form that takes a tablet's file: says at once if it is none, and packs a large one so that proxies let it pass.

const PASSES = 700 * 1024;

/** Whether a text is a file that a tablet exported. */
export function isExport(text) {
  try {
    const { person_id: person, operations } = JSON.parse(text);
    return typeof person === "string" && Array.isArray(operations);
  } catch {
    return false;
  }
}

/** A text with gzip, as letters that fit into a form. */
export async function packed(text) {
  const small = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
  const bytes = new Uint8Array(await new Response(small).arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}

/** Looks at the file before the form is sent; without a reason to stop, the form goes as it is. */
export function start(form) {
  const file = form.elements.file;
  const said = form.querySelector("[data-said]");
  const say = (wrong) => {
    said.hidden = !wrong;
    said.textContent = wrong ? form.dataset.wrong : "";
  };
  file.addEventListener("change", () => say(false));
  addEventListener("pageshow", () => back(form));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = await file.files[0].text().catch(() => "");
    say(!isExport(text));
    if (!isExport(text)) return;
    if (text.length > PASSES && "CompressionStream" in globalThis) await swap(form, text);
    form.submit();
  });
}

async function swap(form, text) {
  form.elements.packed.value = await packed(text);
  form.elements.packed.disabled = false;
  form.elements.file.disabled = true;
}

// A page that comes back as it was left asks for the file again.
function back(form) {
  form.elements.packed.disabled = true;
  form.elements.file.disabled = false;
}

if (typeof document !== "undefined") {
  for (const form of document.querySelectorAll("[data-module~=rescue]")) start(form);
}
