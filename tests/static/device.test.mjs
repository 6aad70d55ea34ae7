import assert from "node:assert/strict";
import { test } from "node:test";
import { Line, Sender, pause } from "../../observe/static/js/device.mjs";

function aSender(states) {
  const clock = { now: 0, timers: [], told: [] };
  const timer = {
    set: (job, delay) => {
      clock.timers = [{ job, delay }];
      return clock.timers[0];
    },
    clear: () => (clock.timers = []),
  };
  const send = async () => states.shift() ?? "sent";
  const sender = new Sender({
    send,
    timer,
    now: () => clock.now,
    random: () => 1,
    tell: (state) => clock.told.push(state),
  });
  return { sender, clock };
}

test("a tablet that fails waits longer each time, five minutes at most", () => {
  assert.deepEqual(
    [1, 2, 3, 20].map((failures) => pause(failures, () => 1)),
    [2000, 4000, 8000, 300000],
  );
  assert.equal(
    pause(20, () => 0),
    0,
  );
});

test("after a save it is sent soon, and looked after every half minute", async () => {
  const { sender, clock } = aSender([]);
  await sender.now();
  assert.equal(clock.timers[0].delay, 30000);
  sender.soon();
  assert.equal(clock.timers[0].delay, 1500);
  await clock.timers[0].job();
  assert.equal(clock.told.at(-1), "sent");
});

test("a save does not hurry a server that asked for patience, a tap does", async () => {
  const { sender, clock } = aSender(["busy", "busy", "busy"]);
  await sender.now();
  sender.soon();
  assert.equal(clock.timers[0].delay, 2000);
  await sender.now();
  await sender.now();
  assert.equal(clock.timers[0].delay, 8000);
  assert.equal(await sender.now(), "sent");
});

test("while somebody types it is sent now and then, not at every letter", async () => {
  const { sender, clock } = aSender([]);
  const delays = [];
  for (clock.now = 0; clock.now <= 8000; clock.now += 1000) {
    sender.soon();
    delays.push(clock.timers[0].delay);
  }
  assert.deepEqual(delays, [1500, 1500, 1500, 1500, 1500, 1500, 1500, 1000, 0]);
});

test("a clock that jumps back by years holds nothing up", async () => {
  const { sender, clock } = aSender(["busy"]);
  clock.now = Date.UTC(2031, 0, 1);
  await sender.now();
  clock.now = Date.UTC(2026, 0, 1);
  sender.soon();
  assert.ok(clock.timers[0].delay <= 300000);
  const line = new Line({ connected: () => false, now: () => clock.now });
  line.lost();
  clock.now = Date.UTC(1999, 0, 1);
  assert.equal(line.likely, true);
});

test("a tablet without network does not try, unless it is asked to or time has passed", async () => {
  let now = 0;
  let sendings = 0;
  const line = new Line({ connected: () => false, now: () => now });
  const send = async () => ((sendings += 1), "no network");
  line.lost();
  await line.through(false, send);
  assert.equal(sendings, 0);
  await line.through(true, send);
  now += 30000;
  await line.through(false, send);
  assert.equal(sendings, 2);
});

test("where the server answers without a network, the tablet is not believed any more", async () => {
  const line = new Line({ connected: () => false, now: () => 0 });
  await line.through(true, async () => "idle");
  assert.equal(line.likely, false);
  await line.through(true, async () => "sent");
  assert.equal(line.likely, true);
});
