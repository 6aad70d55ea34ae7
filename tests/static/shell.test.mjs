import assert from "node:assert/strict";
import test from "node:test";
import { keepPages, newestRelease, whenNewer } from "../../observe/static/js/shell.mjs";

/** A worker in a state, which moves on when it is told to. */
function aWorker(state) {
  const worker = new EventTarget();
  return Object.assign(worker, {
    state,
    heard: [],
    become(next) {
      worker.state = next;
      worker.dispatchEvent(new Event("statechange"));
    },
    postMessage: (message, ports) => worker.heard.push([message, ports]),
  });
}

function aBrowser(registration, { refuses = false, before } = {}) {
  return {
    register: async () => {
      if (refuses) throw new TypeError("no network");
      return { update: async () => {}, ...registration };
    },
    getRegistration: async () => before,
  };
}

test("a browser without workers keeps no pages", async () => {
  assert.equal(await newestRelease(undefined), null);
});

test("the first release is waited for until it is whole", async () => {
  const worker = aWorker("installing");
  const registration = { installing: worker, update: async () => {} };
  const found = newestRelease({ register: async () => registration });
  setTimeout(() => {
    Object.assign(registration, { installing: null, active: worker });
    worker.become("installed");
    worker.become("activating");
    worker.become("activated");
  });
  assert.equal((await found).active, worker);
});

test("a new release that waits is asked to take over", async () => {
  const [active, waiting] = [aWorker("activated"), aWorker("installed")];
  const registration = { active, waiting, update: async () => {} };
  const found = newestRelease({ register: async () => registration });
  setTimeout(() => {
    Object.assign(registration, { active: waiting, waiting: null });
    waiting.become("activated");
  });
  assert.equal((await found).active, waiting);
  assert.deepEqual(waiting.heard[0][0], "take over");
});

test("without a network what was kept before is used, and where nothing was the refusal is passed on", async () => {
  const before = { active: aWorker("activated"), update: () => Promise.reject(new TypeError("no network")) };
  assert.equal(await newestRelease(aBrowser({}, { refuses: true, before })), before);
  await assert.rejects(newestRelease(aBrowser({}, { refuses: true })), /no network/);
});

test("a release that could not be installed is no release", async () => {
  assert.equal(await newestRelease(aBrowser({ installing: null, active: null })), null);
});

test("the worker answers which pages are kept", async () => {
  const active = aWorker("activated");
  const told = keepPages({ active }, ["/sheet/a"]);
  const [[message, [port]]] = active.heard;
  assert.deepEqual(message, { keep: ["/sheet/a"] });
  port.postMessage({ whole: true, kept: ["/sheet/a"], missing: [] });
  assert.deepEqual(await told, { whole: true, kept: ["/sheet/a"], missing: [] });
  port.close();
});

test("a newer release is told of when it waits, now or later, and the first one never is", async () => {
  const told = [];
  const registration = Object.assign(new EventTarget(), { active: null, installing: aWorker("installing") });
  const container = { getRegistration: async () => registration };
  const tell = () => told.push(registration.waiting);
  await whenNewer(undefined, tell);
  await whenNewer(container, tell);
  registration.dispatchEvent(new Event("updatefound"));
  const [first, second] = [registration.installing, aWorker("installing")];
  registration.waiting = first;
  first.become("installed");
  Object.assign(registration, { active: first, waiting: null, installing: second });
  assert.deepEqual(told, []);
  registration.dispatchEvent(new Event("updatefound"));
  registration.waiting = second;
  second.become("installed");
  assert.deepEqual(told, [second]);
  await whenNewer(container, tell);
  assert.deepEqual(told, [second, second]);
});
