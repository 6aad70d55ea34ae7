// Who uses this tablet: pages without anything personal in them ask here whose database to open.

const KEY = "observe-person";

/** The person as `{id, name}`, or null where nobody is signed in or nothing may be kept. */
export function who(storage = globalThis.localStorage) {
  try {
    const person = JSON.parse(storage.getItem(KEY));
    return typeof person?.id === "string" && person.id ? { id: person.id, name: person.name ?? "" } : null;
  } catch {
    return null;
  }
}

/** Keeps who signed in; false where the browser keeps nothing. */
export function remember({ id, name }, storage = globalThis.localStorage) {
  try {
    storage.setItem(KEY, JSON.stringify({ id, name }));
    return true;
  } catch {
    return false;
  }
}

/** At sign-out; the person's own database stays. */
export function forget(storage = globalThis.localStorage) {
  try {
    storage.removeItem(KEY);
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}
