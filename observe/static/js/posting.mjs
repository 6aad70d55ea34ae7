// Sends a form in the background, as its button would.

const PATIENCE = 15_000;

/** Posts the fields to an address and answers the response; throws where nobody answers in time. */
export function post(address, body) {
  const headers = { Accept: "application/json" };
  return fetch(address, { method: "POST", body, headers, redirect: "error", signal: AbortSignal.timeout(PATIENCE) });
}
