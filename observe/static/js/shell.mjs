// What a page asks of the worker that keeps Observe's own pages on the tablet.

const ADDRESS = "/worker.js";
const INSTALLING = 120000;
const TAKING_OVER = 5000;
const KEEPING = 60000;

/**
 * The newest release that this tablet can have now, kept by a worker; null where the browser has none.
 * It takes over from any page that is not a sheet, unless a sheet lies open. Fails where the browser refuses.
 */
export async function newestRelease(container) {
  if (!container) return null;
  const registration = await registered(container);
  await registration.update().catch(() => {});
  await stateAfter(registration.installing, "installing", INSTALLING);
  registration.waiting?.postMessage("take over");
  await stateAfter(registration.waiting, "installed", TAKING_OVER);
  await stateAfter(registration.active, "activating", INSTALLING);
  return registration.active ? registration : null;
}

// Without a network nothing is registered anew, and what was stays.
async function registered(container) {
  try {
    return await container.register(ADDRESS, { updateViaCache: "none" });
  } catch (refused) {
    const before = await container.getRegistration();
    if (before) return before;
    throw refused;
  }
}

/** Waits while a worker is in a state, for so many ms at most. */
async function stateAfter(worker, state, most) {
  if (worker?.state !== state) return;
  await within(most, (done) => {
    worker.addEventListener("statechange", () => worker.state !== state && done());
  });
}

/** Calls `tell` once a newer release than the one in use waits on this tablet. */
export async function whenNewer(container, tell) {
  const registration = await container?.getRegistration();
  if (!registration) return;
  const look = () => registration.active && registration.waiting && tell();
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", look));
  look();
}

/** Asks for pages to be kept: `{whole, kept, missing}`, or null if the worker does not answer. */
export function keepPages(registration, addresses) {
  return within(KEEPING, (done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => (port1.close(), done(data));
    registration.active.postMessage({ keep: addresses }, [port2]);
  });
}

const within = (most, begin) =>
  new Promise((resolve) => {
    const over = setTimeout(() => resolve(null), most);
    begin((found) => (clearTimeout(over), resolve(found)));
  });
