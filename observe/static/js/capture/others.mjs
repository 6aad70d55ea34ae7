// Work of other people that waits on this tablet. Only how many they are is ever looked at.

import { databaseName, openStore } from "../store.mjs";

const OF_SOMEBODY = /^observe-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** How many other people have work here that was not sent; 0 where the browser does not list what it keeps. */
export async function othersWaiting(own, { factory = indexedDB, open = openStore } = {}) {
  if (!factory.databases) return 0;
  const names = (await factory.databases()).map(({ name }) => name);
  const people = names.filter((name) => name !== databaseName(own)).map((name) => name.match(OF_SOMEBODY)?.[1]);
  const waiting = await Promise.all(people.filter(Boolean).map((person) => waits(open(person, factory))));
  return waiting.filter(Boolean).length;
}

async function waits(store) {
  const rows = await store.transact("readonly", (tx) => tx.by("operations", "waiting", 1, 1)).catch(() => []);
  await store.close();
  return rows.length > 0;
}
