// An order from its placing to its use, followed by its municipality over a line that is cut twice, and by a stranger.
// How it is followed is told from outside: follow(address, token, request, told, failed) begins and gives a function that ends.
import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { Line } from './line.mjs';
import { Market, document } from './market.mjs';

const AACHEN = '053340002002';
const KASSEL = '066110000000';

class Follower {
  changes = [];
  #end;

  async begin(follow, address, token, after) {
    // The clients send this object again when they come back, and so with the cursor that was last set.
    const request = { query: await document('FollowOrders'), variables: { after } };
    const told = ({ data, errors }) => {
      if (errors) return failed(errors);
      this.changes.push(data.orderStatusChanged);
      request.variables.after = data.orderStatusChanged.cursor;
    };
    const failed = error => { this.failure ??= error; };
    this.#end = follow(address, token, request, told, failed);
  }

  get steps() {
    return this.changes.map(({ order, type, from, to }) => `${order.number} ${type} ${from ?? 'nothing'} > ${to}`);
  }

  async until(count) {
    for (let wait = 0; wait < 200 && this.changes.length < count && !this.failure; wait++) await delay(100);
    if (this.failure) throw new Error('The subscription failed.', { cause: this.failure });
    assert.ok(this.changes.length >= count, `${count} changes are due, but these came: ${JSON.stringify(this.steps)}`);
  }

  end() {
    this.#end?.();
  }
}

export async function story(address, follow) {
  const market = new Market(address);
  const line = new Line(address);
  await line.mend();
  const municipality = new Follower();
  const stranger = new Follower();
  const head = await market.head('demo-municipality');
  await municipality.begin(follow, line.address, await market.token('demo-municipality'), head);
  await stranger.begin(follow, address, await market.token('demo-stranger'), await market.head('demo-stranger'));

  const first = await market.place('demo-municipality', AACHEN);
  await municipality.until(1);
  await market.accept(first);
  await municipality.until(2);
  console.log('ok     what happens is told as it happens');

  assert.ok(await line.cut() >= 1, 'There was no connection to cut.');
  await market.provision(first);
  const second = await market.place('demo-municipality', AACHEN);
  await market.accept(second);
  await delay(300);
  assert.equal(municipality.changes.length, 2, 'Something came over a line that was cut.');
  await line.mend();
  await municipality.until(5);
  console.log('ok     what happened while the line was cut is told after it');

  // Cut at once: whether this change came over before, nobody knows.
  await market.activate(first);
  assert.ok(await line.cut() >= 1, 'There was no connection to cut.');
  await market.provision(second);
  await line.mend();
  await market.activate(second);
  await municipality.until(8);
  await delay(500);

  assert.deepEqual(municipality.steps, [
    `${first.number} order.placed nothing > PLACED`,
    `${first.number} order.accepted PLACED > ACCEPTED`,
    `${first.number} order.provisioning ACCEPTED > PROVISIONING`,
    `${second.number} order.placed nothing > PLACED`,
    `${second.number} order.accepted PLACED > ACCEPTED`,
    `${first.number} order.activated PROVISIONING > ACTIVE`,
    `${second.number} order.provisioning ACCEPTED > PROVISIONING`,
    `${second.number} order.activated PROVISIONING > ACTIVE`,
  ]);
  assert.equal(new Set(municipality.changes.map(change => change.cursor)).size, 8);
  console.log('ok     all changes came in order, none twice, none missing');

  const log = await market.events('demo-municipality', head);
  assert.deepEqual(municipality.changes.map(({ cursor, at }) => [cursor, at]), log.map(({ cursor, at }) => [cursor, at]));
  console.log('ok     they are those of the log');

  assert.deepEqual(stranger.steps, []);
  const own = await market.place('demo-stranger', KASSEL);
  await stranger.until(1);
  await delay(300);
  assert.deepEqual(stranger.steps, [`${own.number} order.placed nothing > PLACED`]);
  assert.equal(municipality.changes.length, 8);
  console.log('ok     the stranger heard nothing until it ordered itself, and the municipality nothing of that');

  municipality.end();
  stranger.end();
  await line.cut();
}

/** Tells the story and ends the process, within a minute and a half. */
export async function run(follow) {
  setTimeout(() => {
    console.log('failed it took too long');
    process.exit(1);
  }, 90_000).unref();
  try {
    await story(process.argv[2], follow);
    process.exit(0);
  } catch (error) {
    console.log('failed', error);
    process.exit(1);
  }
}
