/* test-machine-hooks.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Hooks of machines: what they are told and when. What their answers do is in
 * tests/golden/engine/fsm-hook*. */

#include "engine/moment/fermata-moment-private.h"
#include "engine/run/fermata-hook.h"
#include "harness/fermata-test-bed.h"
#include "harness/fermata-test-hook.h"
#include "harness/fermata-test-script.h"
#include "value/fermata-value-reader.h"

#define MACHINE(nodes, edges) "{ 'fermata': 1, 'kind': 'fsm', 'nodes': [" nodes "], 'edges': [" edges "] }"
#define GO "{ 'from': 'a', 'to': 'b', 'event': 'go' }"
#define TWO "{ 'id': 'a' }, { 'id': 'b' }"

static FermataTestHook *
add_hook (FermataTestBed *bed,
          const char     *script)
{
  g_autofree char *text = g_strdelimit (g_strdup (script), "'", '"');
  g_autoptr (GError) error = NULL;
  g_autoptr (FermataValue) value = fermata_value_parse (text, -1, &error);
  FermataTestHook *hook;

  g_assert_no_error (error);
  hook = fermata_test_hook_new (value, bed->clock);
  fermata_run_add_hook (bed->run, FERMATA_HOOK (hook));

  return hook;
}

static FermataTestBed *
prepare (const char *json)
{
  FermataTestBed *bed = fermata_test_bed_new ();
  g_autoptr (FermataGraph) graph = fermata_test_graph (json);

  fermata_test_bed_prepare (bed, graph, NULL);

  return bed;
}

static void
start (FermataTestBed *bed)
{
  fermata_run_start (bed->run);
  fermata_test_bed_settle (bed);
}

static void
send (FermataTestBed *bed,
      const char     *name)
{
  g_assert_true (fermata_run_send_event (bed->run, name, NULL));
  fermata_test_bed_settle (bed);
}

static void
finish (FermataTestBed *bed)
{
  fermata_run_close_events (bed->run);
  fermata_test_bed_finish (bed);
}

static gboolean
is_asking (FermataTestBed *bed)
{
  return fermata_run_get_moment (bed->run)->root->machine->phase == FERMATA_MACHINE_ASKING;
}

/* --- What is asked, and when ---------------------------------------------- */

/* All hooks before, all after, in the order in which they were added. */
static void
test_order (void)
{
  g_autoptr (FermataTestBed) bed = prepare (MACHINE (TWO, GO ", { 'from': 'b', 'to': 'a' }"));
  g_autoptr (FermataTestHook) first = add_hook (bed, "{}");
  g_autoptr (FermataTestHook) second = add_hook (bed, "{ 'step': { 'b>a': { 'do': 'admit', 'after': '1s' } } }");

  start (bed);
  send (bed, "go");
  g_assert_cmpstr (fermata_test_hook_get_log (first), ==,
                   "before-step 0 a>b go\n" "after-step 0 a>b go\n" "before-step 0 b>a -\n");
  finish (bed);
  g_assert_true (g_str_has_suffix (fermata_test_hook_get_log (first), "after-step 0 b>a -\n"));
  g_assert_cmpstr (fermata_test_hook_get_log (second), ==, fermata_test_hook_get_log (first));
}

/* The first veto is the last word. */
static void
test_veto (void)
{
  g_autoptr (FermataTestBed) bed = prepare (MACHINE (TWO, GO));
  g_autoptr (FermataTestHook) first = add_hook (bed, "{ 'step': { 'a>b': [ { 'do': 'veto' }, { 'do': 'admit' } ] } }");
  g_autoptr (FermataTestHook) second = add_hook (bed, "{}");

  start (bed);
  send (bed, "go");
  g_assert_cmpstr (fermata_test_hook_get_log (first), ==, "before-step 0 a>b go\n");
  g_assert_cmpstr (fermata_test_hook_get_log (second), ==, "");
  send (bed, "go");
  finish (bed);
  g_assert_cmpstr (fermata_test_hook_get_log (second), ==, "before-step 0 a>b go\n" "after-step 0 a>b go\n");
}

/* The one that ends it, too. */
static void
test_final (void)
{
  g_autoptr (FermataTestBed) bed = prepare (MACHINE ("{ 'id': 'a' }, { 'id': 'b', 'type': 'final' }", GO));
  g_autoptr (FermataTestHook) hook = add_hook (bed, "{}");

  start (bed);
  send (bed, "go");
  fermata_test_bed_finish (bed);
  g_assert_cmpstr (fermata_test_hook_get_log (hook), ==, "before-step 0 a>b go\n" "after-step 0 a>b go\n");
}

/* What was begun and not finished is not told of, and answers that come then
 * count no more. */
static void
test_cancelled (void)
{
  g_autoptr (FermataTestBed) bed = prepare (MACHINE (TWO, GO));
  g_autoptr (FermataTestHook) hook = add_hook (bed, "{ 'step': { 'a>b': { 'do': 'admit', 'after': '9s' } } }");

  start (bed);
  send (bed, "go");
  g_assert_true (is_asking (bed));
  g_assert_true (fermata_run_is_working (bed->run));
  fermata_run_cancel (bed->run);
  fermata_test_bed_finish (bed);
  fermata_test_bed_pass_time_until (bed, 10 * G_USEC_PER_SEC);
  g_assert_cmpstr (fermata_test_hook_get_log (hook), ==, "before-step 0 a>b go\n");
}

/* A hook that never answers: all else can go on, and the run can be let go. */
static void
test_never (void)
{
  g_autoptr (FermataTestBed) bed = prepare (MACHINE (TWO, GO));
  g_autoptr (FermataTestHook) hook = add_hook (bed, "{ 'step': { 'a>b': { 'do': 'keep' } } }");

  start (bed);
  send (bed, "go");
  for (guint i = 0; i < 100; i++)
    send (bed, "go");
  fermata_run_close_events (bed->run);
  fermata_test_bed_settle (bed);
  g_assert_true (is_asking (bed));
  g_assert_cmpuint (fermata_run_get_state (bed->run), ==, FERMATA_RUN_STATE_RUNNING);
  fermata_run_cancel (bed->run);
  fermata_test_bed_finish (bed);
}

/* What needs no event is not asked about again because of the error that tells of
 * the hook, and it is with the next event. */
static void
test_fails_without_event (void)
{
  g_autoptr (FermataTestBed) bed = prepare (MACHINE (TWO, "{ 'from': 'a', 'to': 'b' }"));
  g_autoptr (FermataTestHook) hook = add_hook (bed, "{ 'step': { 'a>b': { 'do': 'fail' } } }");

  start (bed);
  g_assert_cmpstr (fermata_test_hook_get_log (hook), ==, "before-step 0 a>b -\n");
  send (bed, "other");
  g_assert_cmpstr (fermata_test_hook_get_log (hook), ==, "before-step 0 a>b -\n" "before-step 0 a>b -\n");
  finish (bed);
}

/* --- What a resumed run asks again ---------------------------------------- */

static void
count_steps (const FermataEffect *effect,
             gpointer             user_data)
{
  *(guint *) user_data += effect->kind == FERMATA_EFFECT_STEP && effect->frame == 0
                          && effect->node == FERMATA_PLACE_RUN;
}

static void
test_effect (void)
{
  g_autoptr (FermataTestBed) bed = prepare (MACHINE (TWO, GO));
  g_autoptr (FermataTestHook) hook = add_hook (bed, "{ 'step': { 'a>b': { 'do': 'admit', 'after': '9s' } } }");
  guint n = 0;

  start (bed);
  fermata_moment_foreach_effect (fermata_run_get_moment (bed->run), count_steps, &n);
  g_assert_cmpuint (n, ==, 0);

  send (bed, "go");
  fermata_moment_foreach_effect (fermata_run_get_moment (bed->run), count_steps, &n);
  g_assert_cmpuint (n, ==, 1);
  finish (bed);
}

/* --- Calls that are kept -------------------------------------------------- */

/* They say the same when the run is gone. */
static void
test_call_outlives_run (void)
{
  FermataTestBed *bed = prepare (MACHINE (TWO, GO));
  g_autoptr (FermataTestHook) hook = add_hook (bed, "{ 'step': { 'a>b': { 'do': 'keep' } } }");

  start (bed);
  send (bed, "go");
  fermata_run_cancel (bed->run);
  fermata_test_bed_finish (bed);
  fermata_test_bed_free (bed);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/machine-hooks/order", test_order);
  g_test_add_func ("/machine-hooks/veto", test_veto);
  g_test_add_func ("/machine-hooks/final", test_final);
  g_test_add_func ("/machine-hooks/cancelled", test_cancelled);
  g_test_add_func ("/machine-hooks/never", test_never);
  g_test_add_func ("/machine-hooks/fails-without-event", test_fails_without_event);
  g_test_add_func ("/machine-hooks/effect", test_effect);
  g_test_add_func ("/machine-hooks/call-outlives-run", test_call_outlives_run);

  return g_test_run ();
}
