// Copyright 2026 The Fermata authors
// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Runs machines with another interpreter, for Python. The argument is the folder of
// node modules; each line of standard input is
//
//     { "text": "<scxml …", "steps": [{ "send": { "name": "e", "data": … } }, { "advance": 100 }] }
//
// and the answer, a line, { "states": [["a"], …], "final": true, "variables": {…} }
// or { "refused": MESSAGE }. Time goes on when a step says so, and not by itself.
'use strict';

const path = require ('path');
const readline = require ('readline');
const scxml = require (path.join (process.argv[2], '@scion-scxml', 'scxml'));

const soon = setImmediate;
const clock = { time: 0, count: 0, timers: new Map () };

// What an interpreter says is not an answer.
for (const way of ['log', 'warn', 'error', 'info'])
  console[way] = () => {};

function useOwnClock ()
{
  globalThis.setTimeout = (call, delay) => {
    const number = ++clock.count;
    clock.timers.set (number, { number, due: clock.time + (Number (delay) || 0), call });
    return number;
  };
  globalThis.clearTimeout = number => { clock.timers.delete (number); };
}

function nextTimer (until)
{
  const due = [...clock.timers.values ()].filter (timer => timer.due <= until);
  return due.sort ((a, b) => a.due - b.due || a.number - b.number)[0];
}

function passTime (until)
{
  for (let timer; (timer = nextTimer (until)); ) {
    clock.timers.delete (timer.number);
    clock.time = timer.due;
    timer.call ();
  }
  clock.time = until;
}

// A machine that has ended takes no more events.
function deliver (session, event)
{
  if (!session.isFinal ())
    session.gen (event);
}

function play (construct, steps)
{
  clock.timers.clear ();
  const session = new scxml.core.Statechart (construct, { doSend: deliver, console: { log () {} } });
  session.start ();
  passTime (clock.time);
  const states = [session.getConfiguration ()];
  for (const step of steps) {
    if (step.send)
      deliver (session, { ...step.send });
    passTime (clock.time + (step.advance || 0));
    states.push (session.getConfiguration ());
  }
  return { states, final: session.isFinal (), variables: session.getSnapshot ()[3] };
}

function compile (text)
{
  return new Promise ((resolve, reject) => {
    scxml.documentStringToModel ('', text, (error, model) => {
      if (error)
        return reject (error);
      model.prepare ((other, construct) => other ? reject (other) : resolve (construct));
    });
  });
}

async function answer (request)
{
  try {
    return play (await compile (request.text), request.steps);
  } catch (error) {
    return { refused: String (error && error.message || error) };
  }
}

async function main ()
{
  // What compiles waits for nothing but promises.
  useOwnClock ();
  globalThis.setImmediate = soon;
  // What it throws on its way from an error that it has told of.
  process.on ('uncaughtException', () => {});
  for await (const line of readline.createInterface ({ input: process.stdin }))
    process.stdout.write (JSON.stringify (await answer (JSON.parse (line))) + '\n');
}

main ();
