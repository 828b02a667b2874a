/* debugger-fixture.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "debugger/fermata-debugger.h"
#include "harness/fermata-test-bed.h"
#include "value/fermata-value-reader.h"
#include "value/fermata-value-writer.h"

#include <string.h>

G_BEGIN_DECLS

/* A run under a virtual clock, a debugger, and what that has told. */
typedef struct {
  FermataTestBed *bed;
  FermataBreakpoints *breakpoints;
  FermataDebugger *debugger;

  /* Of the latest stop, NULL if there was none since it was looked at last. */
  char *stop;
  guint n_changed;
  GString *log;
} Fixture;

static inline char *
describe_stop (FermataStop *stop)
{
  static const char *const reasons[] = { "hold", "step", "breakpoint", "error", "ended", "visit" };
  GString *text = g_string_new (reasons[fermata_stop_get_reason (stop)]);

  if (fermata_stop_has_decision (stop))
    g_string_append_printf (text, " %s", fermata_event_kind_to_string (fermata_stop_get_kind (stop)));
  if (fermata_stop_get_place (stop) != NULL)
    g_string_append_printf (text, " %s", fermata_stop_get_place (stop));
  if (fermata_stop_get_frame (stop) != 0)
    g_string_append_printf (text, "@%u", fermata_stop_get_frame (stop));

  return g_string_free (text, FALSE);
}

static inline void
fixture_stopped (FermataDebugger *debugger,
                 FermataStop     *stop,
                 Fixture         *self)
{
  g_free (self->stop);
  self->stop = describe_stop (stop);
  g_assert_nonnull (fermata_stop_get_text (stop));
  g_assert_false (fermata_debugger_is_stepping (debugger));
  g_assert_false (fermata_debugger_is_searching (debugger));
}

/* The moment that is looked at is the one that the history has, as long as it does. */
static inline void
fixture_changed (FermataDebugger *debugger,
                 Fixture         *self)
{
  FermataMoment *moment = fermata_debugger_get_moment (debugger);
  guint64 number = fermata_debugger_get_number (debugger);
  g_autoptr (FermataMoment) folded = NULL;

  self->n_changed++;
  folded = fermata_history_dup_moment (fermata_run_get_history (self->bed->run), number);
  g_assert_cmpuint (fermata_moment_get_number (moment), ==, number);
  g_assert_true (folded == NULL || fermata_moment_equal (moment, folded));
  g_assert_cmpint (fermata_debugger_is_live (debugger), ==,
                   moment == fermata_run_get_moment (self->bed->run));
}

static inline void
fixture_logged (FermataDebugger   *debugger,
                FermataBreakpoint *breakpoint,
                guint64            number,
                const char        *text,
                Fixture           *self)
{
  g_string_append_printf (self->log, "%s: %s\n", fermata_breakpoint_get_place (breakpoint), text);
}

static inline void
fixture_begin (Fixture    *self,
               const char *json)
{
  g_autoptr (FermataGraph) graph = fermata_test_graph (json);

  memset (self, 0, sizeof *self);
  self->bed = fermata_test_bed_new ();
  fermata_test_bed_prepare (self->bed, graph, NULL);
  self->breakpoints = fermata_breakpoints_new ();
  self->log = g_string_new (NULL);
  self->debugger = fermata_debugger_new (self->bed->run, self->breakpoints,
                                         fermata_engine_get_evaluator (self->bed->engine));
  g_signal_connect (self->debugger, "stopped", G_CALLBACK (fixture_stopped), self);
  g_signal_connect (self->debugger, "changed", G_CALLBACK (fixture_changed), self);
  g_signal_connect (self->debugger, "logged", G_CALLBACK (fixture_logged), self);
}

static inline void
fixture_clear (Fixture *self)
{
  /* Nobody else holds it. */
  g_object_add_weak_pointer (G_OBJECT (self->debugger), (gpointer *) &self->debugger);
  g_object_unref (self->debugger);
  g_assert_null (self->debugger);

  if (!fermata_run_has_ended (self->bed->run))
    {
      fermata_run_cancel (self->bed->run);
      fermata_run_release (self->bed->run);
    }
  fermata_test_bed_finish (self->bed);
  g_object_unref (self->breakpoints);
  fermata_test_bed_free (self->bed);
  g_free (self->stop);
  g_string_free (self->log, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, fixture_clear)

/* Held before anything is decided. */
static inline void
start_held (Fixture *self)
{
  fermata_run_start (self->bed->run);
  fermata_debugger_hold (self->debugger);
  fermata_test_bed_settle (self->bed);
}

/* What follows, time passing as long as something is awaited. */
static inline void
let_go_on (Fixture *self)
{
  fermata_test_bed_settle (self->bed);
  while (!fermata_debugger_is_held (self->debugger) && !fermata_run_has_ended (self->bed->run)
         && fermata_virtual_clock_jump (FERMATA_VIRTUAL_CLOCK (self->bed->clock)))
    fermata_test_bed_settle (self->bed);
}

/* What it has told of having stopped since last time. */
static inline void
assert_stop (Fixture    *self,
             const char *expected)
{
  g_autofree char *found = NULL;

  let_go_on (self);
  found = g_steal_pointer (&self->stop);
  g_assert_cmpstr (found, ==, expected);
}

/* The same, as seen without the signal. */
static inline void
assert_stands (Fixture    *self,
               const char *expected)
{
  FermataStop *stop = fermata_debugger_get_stop (self->debugger);
  g_autofree char *found = stop == NULL ? NULL : describe_stop (stop);

  g_assert_cmpstr (found, ==, expected);
}

static inline void
assert_value (Fixture    *self,
              guint       frame,
              const char *place,
              const char *source,
              const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FermataValue) value = fermata_debugger_evaluate (self->debugger, source, frame, place, &error);
  g_autofree char *found = NULL;

  g_assert_no_error (error);
  found = fermata_value_to_string (value, FERMATA_WRITE_COMPACT, NULL);
  g_assert_cmpstr (found, ==, expected);
}

static inline FermataBreakpoint *
break_at (Fixture    *self,
          const char *place)
{
  FermataPlaceKind kind = strchr (place, '>') != NULL ? FERMATA_PLACE_KIND_EDGE : FERMATA_PLACE_KIND_NODE;

  return fermata_breakpoints_toggle (self->breakpoints, kind, place);
}

static inline void
send (Fixture    *self,
      const char *name,
      const char *data)
{
  g_autoptr (FermataValue) value = data == NULL ? NULL : fermata_value_parse (data, -1, NULL);

  g_assert_true (fermata_run_send_event (self->bed->run, name, value));
  fermata_test_bed_settle (self->bed);
}

static inline guint64
get_number (Fixture *self)
{
  return fermata_debugger_get_number (self->debugger);
}

#define TURNSTILE \
  "{ 'fermata': 1, 'kind': 'fsm', 'initial': 'locked', 'variables': { 'coins': 0 }," \
  "  'nodes': [ { 'id': 'locked' }, { 'id': 'unlocked', 'entry': [ { 'log': 'open' } ] } ]," \
  "  'edges': [ { 'from': 'locked', 'to': 'unlocked', 'event': 'coin', 'when': 'event.data.value >= 1'," \
  "               'assign': [ { 'coins': 'variables.coins + 1' } ] }," \
  "             { 'from': 'unlocked', 'to': 'locked', 'event': 'push' } ] }"

#define CHAIN \
  "{ 'fermata': 1, 'kind': 'dag', 'variables': { 'n': 1 }," \
  "  'nodes': [ { 'id': 'a', 'type': 'set', 'with': { 'value': 1 }, 'assign': [ { 'n': 'variables.n + 1' } ] }," \
  "             { 'id': 'b', 'type': 'task', 'with': { 'takes': '2s', 'value': '{{input + 1}}' } }," \
  "             { 'id': 'c', 'type': 'set', 'with': { 'value': '{{variables.n}}' } }," \
  "             { 'id': 'never', 'type': 'set', 'with': { 'value': 0 } } ]," \
  "  'edges': [ { 'from': 'a', 'to': 'b' }, { 'from': 'b', 'to': 'c', 'when': 'output == 2' }," \
  "             { 'from': 'b', 'to': 'never', 'when': 'output == 3' } ] }"

#define EACH \
  "{ 'fermata': 1, 'kind': 'dag'," \
  "  'nodes': [ { 'id': 'list', 'type': 'set', 'with': { 'value': [ 10, 20, 30 ] } }," \
  "             { 'id': 'double', 'type': 'set', 'with': { 'value': '{{input * 2}}' } }," \
  "             { 'id': 'last', 'type': 'set', 'with': { 'value': '{{input}}' } } ]," \
  "  'edges': [ { 'from': 'list', 'to': 'double', 'each': true }, { 'from': 'double', 'to': 'last' } ] }"

G_END_DECLS
