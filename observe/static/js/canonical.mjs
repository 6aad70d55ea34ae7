// One spelling for each JSON value (RFC 8785 after NFC), the same as observe/core/canonical.py.

/** The value with every text and key in Unicode form NFC. */
function normal(value) {
  if (typeof value === "string") return value.normalize("NFC");
  if (Array.isArray(value)) return value.map(normal);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key.normalize("NFC"), normal(part)]));
}

/** Canonical JSON; a TypeError for what has no JSON form. */
export const canonical = (value) => spelled(normal(value));

/** sha256 of the canonical JSON, 64 hexadecimal digits. */
export async function digest(value) {
  const bytes = new TextEncoder().encode(canonical(value));
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** How many UTF-8 bytes a text takes. */
export const bytes = (text) => new TextEncoder().encode(text).length;

function spelled(value) {
  if (Array.isArray(value)) return `[${value.map(spelled).join(",")}]`;
  if (value !== null && typeof value === "object") return object(value);
  if (!speakable(value)) throw new TypeError("This is not text or numbers that can be kept.");
  return JSON.stringify(value);
}

// Keys go by UTF-16 code units, which is how JavaScript compares texts.
function object(value) {
  const parts = Object.keys(value)
    .sort()
    .map((key) => `${spelled(key)}:${spelled(value[key])}`);
  return `{${parts.join(",")}}`;
}

function speakable(value) {
  if (typeof value === "string")
    return !/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(value);
  return typeof value === "number" ? Number.isFinite(value) : typeof value === "boolean" || value === null;
}
