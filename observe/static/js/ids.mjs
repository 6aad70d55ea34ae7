// Identifiers that are made where a thing is made.

const randomBytes = (count) => crypto.getRandomValues(new Uint8Array(count));

/** A UUIDv7 (RFC 9562, section 5.7): 48 bits of milliseconds since 1970, then 74 random bits. */
export function newId(now = Date.now(), random = randomBytes) {
  const parts = random(16);
  for (let place = 0; place < 6; place += 1) parts[place] = Math.floor(now / 2 ** (8 * (5 - place))) % 256;
  parts[6] = 0x70 | (parts[6] & 0x0f);
  parts[8] = 0x80 | (parts[8] & 0x3f);
  const digits = Array.from(parts, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
