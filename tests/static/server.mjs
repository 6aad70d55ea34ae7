// A server in a test: it answers as told, and otherwise accepts everything.

export function aServer(script = []) {
  const server = { requests: [], sessions: 0, devices: 0, acknowledged: 0, person: "p", held: new Map() };
  const answered = (status, body, protocol = true) => ({ status, body, protocol });
  server.session = async () => {
    server.sessions += 1;
    return answered(200, { person: server.person, csrf: `t${server.sessions}`, epoch: "e1" });
  };
  server.register = async () => answered(201, { device_id: `d${(server.devices += 1)}` });
  server.sync = async (batch, csrf) => {
    server.requests.push({ ...batch, csrf });
    const next = script.shift();
    return (typeof next === "function" ? next(batch) : next) ?? answered(200, accepted(server, batch));
  };
  return server;
}

export function accepted(server, batch) {
  server.acknowledged = Math.max(server.acknowledged, ...batch.operations.map((op) => op.device_seq));
  const results = batch.operations.map((op) => ({
    op_id: op.op_id,
    status: server.held.has(op.op_id) ? "duplicate" : "accepted",
  }));
  for (const op of batch.operations) server.held.set(op.op_id, op);
  return {
    epoch: "e1",
    server_time: "2026-11-21T10:00:00Z",
    acknowledged_through: server.acknowledged,
    csrf: "next",
    results,
    records: [],
  };
}
