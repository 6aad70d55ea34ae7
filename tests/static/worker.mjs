// A tablet's browser as far as the worker sees it: caches, open pages, and a server that can be in any trouble.

import vm from "node:vm";

const HOST = "https://observe.test";

/** An answer as fetch gives it. */
export function answer(body, { status = 200, mark, type = "text/html", redirected = false, url = `${HOST}/` } = {}) {
  const headers = new Headers({ "Content-Type": type });
  if (mark) headers.set("X-Observe-Shell", mark);
  return { body, status, ok: status >= 200 && status < 300, headers, redirected, url };
}

/** The server of one release: its pages and files, `trouble` in place of them, and what it was asked. */
export function aServer(version, more = {}) {
  const page = (name) => answer(`${name} ${version}`, { mark: version });
  const server = {
    asked: [],
    trouble: {},
    pages: {
      "/": page("today"),
      "/tablet": page("tablet"),
      "/device": page("device"),
      "/feedback/draft": page("draft"),
      [`/static/${version}/a.css`]: answer(`css ${version}`, { type: "text/css" }),
      "/agreement": answer("agreement"),
      ...more,
    },
    page,
    async fetch(asked, how = {}) {
      const path = new URL(asked.url ?? asked, HOST).pathname;
      server.asked.push(path);
      const found = server.trouble[path] ?? server.trouble.all ?? server.pages[path] ?? answer("none", { status: 404 });
      if (found === "down") throw new TypeError("Failed to fetch");
      if (found === "silent") return new Promise(() => {});
      if (found.redirected && how.redirect === "error") throw new TypeError("redirected");
      return found;
    },
  };
  return server;
}

class Cache {
  rows = new Map();
  async put(address, found) {
    this.rows.set(address, found);
  }
  async match(address) {
    return this.rows.get(address);
  }
  async keys() {
    return [...this.rows.keys()].map((path) => ({ url: HOST + path }));
  }
}

/** What outlives a release: `open` are the addresses that lie open, `names` the caches. */
export function aTablet() {
  const named = new Map();
  const caches = {
    has: async (name) => named.has(name),
    open: async (name) => {
      if (!named.has(name)) named.set(name, new Cache());
      return named.get(name);
    },
    delete: async (name) => named.delete(name),
    keys: async () => [...named.keys()],
  };
  return { caches, named, open: [], names: () => [...named.keys()] };
}

/** Makes the worker of a release on a tablet from its text, asked through the events that a browser sends. */
export const workerOf = (source) => (tablet, server, version, { registration = {} } = {}) => {
  const listeners = {};
  const self = {
    skipped: 0,
    location: { href: `${HOST}/worker.js`, origin: HOST },
    registration,
    skipWaiting: async () => (self.skipped += 1),
    clients: {
      claim: async () => {},
      matchAll: async () => tablet.open.map((path) => ({ url: HOST + path })),
    },
    addEventListener: (name, listener) => (listeners[name] = listener),
  };
  const pages = ["/tablet", "/device", "/feedback/draft"];
  const RELEASE = { version, files: [`/static/${version}/a.css`], pages, home: "/", draft: "/feedback/draft" };
  const Redirects = { redirect: (url) => ({ status: 302, url }), error: () => ({ status: 0 }) };
  const at = (job, delay) => setTimeout(job, delay / 1000);
  const world = { self, RELEASE, caches: tablet.caches, fetch: server.fetch, URL, AbortSignal, setTimeout: at };
  vm.runInNewContext(source, { ...world, Response: Redirects, Error, Set, Promise });

  const until = async (name, event) => {
    let job;
    listeners[name]({ ...event, waitUntil: (given) => (job = given) });
    return job;
  };
  return {
    self,
    install: () => until("install", {}),
    activate: () => until("activate", {}),
    tell: (data, from = "/") => until("message", { data, source: { url: HOST + from }, ports: [] }),
    async keep(addresses) {
      let told;
      await until("message", { data: { keep: addresses }, source: {}, ports: [{ postMessage: (said) => (told = said) }] });
      return told;
    },
    /** What the page gets, or null where the worker leaves it to the browser. */
    async get(path, { method = "GET", mode = "navigate", host = HOST } = {}) {
      let found = null;
      listeners.fetch({ request: { url: host + path, method, mode }, respondWith: (given) => (found = given) });
      return found;
    },
  };
};
