/* script-programs.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Random programs of a machine. */

#pragma once

#include "executor/script-sessions.h"

/* The step of both machines; what was different, or NULL (transfer full). */
static inline char *
play_step (Machine    *old,
           Machine    *other,
           const char *step)
{
  g_autoptr (FermataValue) a = fermata_script_session_execute (old->session, &old->world, step, NULL);
  g_autoptr (FermataValue) b = fermata_script_session_execute (other->session, &other->world, step, NULL);
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;

  if (a != NULL)
    take_changes (old, a);
  if (b != NULL)
    take_changes (other, b);
  if ((a != NULL) == (b != NULL) && fermata_value_equal (old->world.variables, other->world.variables))
    return NULL;

  one = to_text (old->world.variables);
  two = to_text (other->world.variables);

  return g_strdup_printf ("%s: %s, in another process: %s", step, one, two);
}

/* Steps that share, close over, hide and change things: two machines, of which one
 * has a new process again and again, stay the same. Gives what was different, or NULL
 * (transfer full). */
static inline char *
play_random_program (GRand *random)
{
  static const char *const steps[] = {
    "a = { n: (b && b.n || 0) + 1 }", "b = a", "b.n = (b.n || 0) + 1", "a.c = [a.n, b]", "a = b = [1, [2]]",
    "a[1] = b", "f = (function () { var n = 0; return function () { n++; return n } }) ()",
    "try { a = f () } catch (e) { b = `${e}` }", "function f () { return a } ", "f.own = b; a = f.own",
    "a = { f: function () { b = 5; return 1 } }", "a.f && a.f ()", "d = new Date (a * 1)", "d.setTime && d.setTime (1000)",
    "r = /a/g; r.test ('aa')", "a = r && r.test ('aa')", "delete b", "var b = [a, a]", "b[0] && (b[0].z = 1)",
    "let l = { a }; a = l", "class K { constructor () { this.b = b } } a = new K ()", "a = Object.freeze ([1])",
    "a.push && a.push (2)", "a = Object.create ({ inherited: 1 })", "b = a && a.inherited", "a = Math.random ()",
    "b = Date.now ()", "x = x || { $xml: '<p q=\"1\"><s/></p>' }", "a = In ('on')", "throw b", "nothing ()",
    "a = _event; b = a", "b = a === _event", "a = [, 1]; b = 0 in a", "b = Object.keys (a || {})", "Math = Math || a",
    "b = typeof Math", "a = (function () { return arguments }) (1, 2)", "a = /(.)/.exec ('q'); b = RegExp.$1", "b = RegExp.$1",
    "a = { get g () { return b } }", "b = Object.getOwnPropertyDescriptor (a || {}, 'g')", "a = [b, b]; b = a[0] === a[1]",
    "b = a && a[0] === a[1]", "globalThis.q = a", "b = 'q' in globalThis", "delete globalThis.q; a = typeof q",
  };
  const char *variables = "{'a':1,'b':{'n':1},'d':0,'r':0,'x':null,'f':{'$undefined':true}}";
  g_autoptr (Machine) old = machine_new (variables);
  g_autoptr (Machine) other = machine_new (variables);

  set_event (old, "{'name':'e'}");
  set_event (other, "{'name':'e'}");
  for (int i = 0; i < 40; i++)
    {
      char *problem = play_step (old, other, steps[g_rand_int_range (random, 0, G_N_ELEMENTS (steps))]);

      if (problem != NULL)
        return problem;
      if (g_rand_int_range (random, 0, 8) == 0)
        start_anew (other);
    }

  return NULL;
}
