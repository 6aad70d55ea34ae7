// What a tab keeps until it is closed.

/** A shelf in a storage that may be full or forbidden: then nothing is kept, and nothing breaks. */
export function shelf(storage) {
  return {
    get(key) {
      try {
        return JSON.parse(storage.getItem(key)) ?? {};
      } catch {
        return {};
      }
    },
    put(key, value) {
      try {
        storage.setItem(key, JSON.stringify(value));
      } catch {
        // a private window may forbid it
      }
    },
  };
}
