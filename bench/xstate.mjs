// xstate.mjs
//
// Copyright 2026 The Fermata authors
// SPDX-License-Identifier: LGPL-2.1-or-later
//
// What an event costs in XState 5, for bench-statechart: an actor of a machine,
// sent one event after the other. Called: node xstate.mjs XSTATE CASE EVENTS;
// prints the seconds. XSTATE is the folder of the package.

import { pathToFileURL } from 'node:url';
import { join } from 'node:path';

const [folder, name, count] = process.argv.slice(2);
const { assign, createActor, createMachine } =
  await import(pathToFileURL(join(folder, 'dist', 'xstate.esm.js')).href);

const toggle = { initial: 'a', states: { a: { on: { go: 'b' } }, b: { on: { go: 'a' } } } };
const region = () => ({ initial: 'outer', states: { outer: { ...structuredClone(toggle) } } });

function eventless() {
  const states = { begin: { on: { go: 's1' } } };
  for (let i = 1; i < 1000; i++)
    states[`s${i}`] = { always: `s${i + 1}` };
  states.s1000 = { always: 'begin' };
  return { initial: 'begin', states };
}

const counting = (target) => ({
  go: {
    target,
    guard: ({ context }) => context.n >= 0,
    actions: assign({ n: ({ context }) => context.n + 1 }),
  },
});

const machines = {
  flat: toggle,
  deep: { type: 'parallel', states: { one: region(), two: region() } },
  script: {
    context: { n: 0 }, initial: 'a',
    states: { a: { on: counting('b') }, b: { on: counting('a') } },
  },
  eventless: eventless(),
};
machines['script-js'] = machines.script;

const expected = {
  flat: (n) => (n % 2 === 0 ? 'a' : 'b'),
  deep: (n) => {
    const state = { outer: n % 2 === 0 ? 'a' : 'b' };
    return { one: state, two: state };
  },
  script: (n) => (n % 2 === 0 ? 'a' : 'b'),
  'script-js': (n) => (n % 2 === 0 ? 'a' : 'b'),
  eventless: () => 'begin',
};

function measure(n) {
  const actor = createActor(createMachine(machines[name]));
  actor.start();
  const start = process.hrtime.bigint();
  for (let i = 0; i < n; i++)
    actor.send({ type: 'go' });
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  const snapshot = actor.getSnapshot();
  if (JSON.stringify(snapshot.value) !== JSON.stringify(expected[name](n))
      || (snapshot.context.n !== undefined && snapshot.context.n !== n))
    throw new Error(`${name} ends in ${JSON.stringify(snapshot.value)}`);
  return seconds;
}

const n = Number(count);
measure(Math.min(n, 10000));
console.log(measure(n).toFixed(9));
