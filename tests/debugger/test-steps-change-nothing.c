/* test-steps-change-nothing.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/*
 * The golden graphs and random ones, stepped from the beginning to the end, or with
 * whatever one can tell a debugger to do at random: they decide what they decide
 * without. Stepping through the history forwards, and then backwards, visits the
 * moments that were visited while it happened.
 */

#include "debugger-fixture.h"
#include "engine/history/fermata-history-private.h"
#include "harness/fermata-random-dag.h"
#include "harness/fermata-test-script.h"

typedef enum {
  MODE_FREE,
  MODE_INTO,
  MODE_OVER,
  MODE_RANDOM,
} Mode;

typedef struct {
  FermataTestBed *bed;
  FermataBreakpoints *breakpoints;
  FermataDebugger *debugger;
  Mode mode;
  GRand *rand;
  GSource *source;

  /* Where it stopped. */
  GArray *numbers;
} Driver;

/* --- Driving --------------------------------------------------------------- */

static char *
dup_random_place (Driver           *self,
                  FermataPlaceKind *kind)
{
  FermataPlan *plan = fermata_run_get_plan (self->bed->run);
  guint place = g_rand_int (self->rand) % MAX (plan->n_places, 1);
  guint local;
  FermataPlan *found = fermata_plan_locate (plan, place, &local);

  *kind = local < found->n_nodes || plan->n_places == 0 ? FERMATA_PLACE_KIND_NODE : FERMATA_PLACE_KIND_EDGE;
  if (plan->n_places == 0)
    return g_strdup ("nowhere");

  return fermata_plan_dup_place_name (plan, place);
}

static void
toggle_random (Driver *self)
{
  static const char *const conditions[] = { NULL, "true", "false", "run.id.length > 0", "input > 5", "no.such" };
  FermataPlaceKind kind;
  g_autofree char *place = dup_random_place (self, &kind);
  FermataBreakpoint *breakpoint = fermata_breakpoints_toggle (self->breakpoints, kind, place);

  if (breakpoint == NULL)
    return;

  fermata_breakpoint_set_condition (breakpoint, conditions[g_rand_int_range (self->rand, 0, G_N_ELEMENTS (conditions))]);
  fermata_breakpoint_set_ignore_count (breakpoint, g_rand_int_range (self->rand, 0, 3) / 2);
  fermata_breakpoint_set_one_shot (breakpoint, g_rand_boolean (self->rand));
  if (g_rand_int_range (self->rand, 0, 5) == 0)
    fermata_breakpoint_set_log_message (breakpoint, "{{input}}");
}

static void
run_to_random (Driver *self)
{
  FermataPlaceKind kind;
  g_autofree char *place = dup_random_place (self, &kind);

  fermata_debugger_run_to (self->debugger, kind, place, NULL);
}

static void
ask_random (Driver *self)
{
  FermataPlaceKind kind;
  g_autofree char *place = dup_random_place (self, &kind);
  g_autoptr (FermataValue) value = NULL;

  value = fermata_debugger_evaluate (self->debugger, "input", 0, place, NULL);
}

static void
act_at_random (Driver *self)
{
  FermataDebugger *debugger = self->debugger;
  guint64 n_events = fermata_debugger_get_n_events (debugger);

  switch (g_rand_int_range (self->rand, 0, 16))
    {
    case 0: case 1: fermata_debugger_step_into (debugger); break;
    case 2: case 3: fermata_debugger_step_over (debugger); break;
    case 4: fermata_debugger_step_out (debugger); break;
    case 5: fermata_debugger_continue (debugger); break;
    case 6: fermata_debugger_step_back (debugger); break;
    case 7: fermata_debugger_step_back_into (debugger); break;
    case 8: fermata_debugger_reverse_continue (debugger); break;
    case 9: fermata_debugger_go_to (debugger, g_rand_int (self->rand) % (n_events + 1), NULL); break;
    case 10: fermata_debugger_go_live (debugger); break;
    case 11: fermata_debugger_go_first (debugger); break;
    case 12: toggle_random (self); break;
    case 13: run_to_random (self); break;
    case 14: ask_random (self); break;
    default: fermata_debugger_hold (debugger); break;
    }
}

static void
step (Driver *self)
{
  if (self->mode == MODE_INTO)
    fermata_debugger_step_into (self->debugger);
  else
    fermata_debugger_step_over (self->debugger);
}

/* As long as the run is held nothing else happens, and no time passes. */
static gboolean
act (gpointer user_data)
{
  Driver *self = user_data;

  if (fermata_debugger_is_held (self->debugger) && self->mode == MODE_RANDOM)
    act_at_random (self);
  else if (fermata_debugger_is_held (self->debugger))
    step (self);
  if (fermata_debugger_is_held (self->debugger))
    return G_SOURCE_CONTINUE;

  self->source = NULL;

  return G_SOURCE_REMOVE;
}

static void
act_later (Driver *self)
{
  if (self->source != NULL || !fermata_debugger_is_held (self->debugger))
    return;

  self->source = g_idle_source_new ();
  g_source_set_callback (self->source, act, self, NULL);
  g_source_attach (self->source, NULL);
  g_source_unref (self->source);
}

static void
stopped (FermataDebugger *debugger,
         FermataStop     *stop,
         Driver          *self)
{
  guint64 number = fermata_stop_get_number (stop);

  if (fermata_debugger_is_live (debugger) && fermata_stop_get_reason (stop) != FERMATA_STOP_REASON_ENDED)
    g_array_append_val (self->numbers, number);
  act_later (self);
}

/* What is looked at is what the events say. */
static void
changed (FermataDebugger *debugger,
         Driver          *self)
{
  FermataMoment *moment = fermata_debugger_get_moment (debugger);
  g_autoptr (FermataMoment) folded = NULL;

  if (fermata_debugger_get_n_events (debugger) < 500)
    {
      folded = fermata_history_fold_from_start (fermata_run_get_history (self->bed->run),
                                                fermata_debugger_get_number (debugger));
      g_assert_true (fermata_moment_equal (moment, folded));
    }
  if (self->mode == MODE_RANDOM)
    act_later (self);
}

static void
driver_attach (Driver *self)
{
  self->breakpoints = fermata_breakpoints_new ();
  self->numbers = g_array_new (FALSE, FALSE, sizeof (guint64));
  self->debugger = fermata_debugger_new (self->bed->run, self->breakpoints,
                                         fermata_engine_get_evaluator (self->bed->engine));
  g_signal_connect (self->debugger, "stopped", G_CALLBACK (stopped), self);
  g_signal_connect (self->debugger, "changed", G_CALLBACK (changed), self);
  if (self->mode == MODE_RANDOM)
    toggle_random (self);
  if (self->mode != MODE_FREE)
    step (self);
}

static void
driver_clear (Driver *self)
{
  if (self->source != NULL)
    g_source_destroy (self->source);
  g_clear_object (&self->debugger);
  g_clear_object (&self->breakpoints);
  g_clear_pointer (&self->numbers, g_array_unref);
  g_clear_pointer (&self->bed, fermata_test_bed_free);
  g_clear_pointer (&self->rand, g_rand_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Driver, driver_clear)

/* --- Comparing -------------------------------------------------------------- */

/* What happened but for the holds, and for the numbers of events, which holds are. */
static char *
describe (FermataTestBed *bed)
{
  g_autoptr (GRegex) numbers = g_regex_new ("\"(event|moment)\":[0-9]+", 0, 0, NULL);
  g_autofree char *events = fermata_test_bed_describe (bed);
  g_auto (GStrv) lines = g_strsplit (events, "\n", -1);
  g_autofree char *text = NULL;
  GString *rest = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (strstr (lines[i], " held") == NULL && !g_str_has_suffix (lines[i], " released"))
        g_string_append_printf (rest, "%s\n", lines[i]);
    }
  text = g_string_free (rest, FALSE);

  return g_regex_replace_literal (numbers, text, -1, 0, "\"\\1\":…", 0, NULL);
}

static void
assert_numbers (GArray     *found,
                GArray     *expected,
                const char *what)
{
  for (guint i = 0; i < MIN (found->len, expected->len); i++)
    {
      guint64 one = g_array_index (found, guint64, i);
      guint64 other = g_array_index (expected, guint64, i);

      if (one != other)
        g_error ("%s: stop %u at %" G_GUINT64_FORMAT ", not %" G_GUINT64_FORMAT, what, i, one, other);
    }
  g_assert_cmpuint (found->len, ==, expected->len);
}

static void
settle_search (Driver *self)
{
  while (fermata_debugger_is_searching (self->debugger))
    g_main_context_iteration (NULL, TRUE);
}

/* Forwards through the whole history, then backwards. */
static void
walk (Driver *self)
{
  g_autoptr (GArray) forwards = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_autoptr (GArray) backwards = g_array_new (FALSE, FALSE, sizeof (guint64));
  guint64 number;

  fermata_debugger_go_to (self->debugger, 0, NULL);
  while (!fermata_debugger_is_live (self->debugger))
    {
      step (self);
      settle_search (self);
      number = fermata_debugger_get_number (self->debugger);
      if (!fermata_debugger_is_live (self->debugger))
        g_array_append_val (forwards, number);
    }
  assert_numbers (forwards, self->numbers, "forwards");

  while (fermata_debugger_can_go_back (self->debugger))
    {
      if (self->mode == MODE_INTO)
        fermata_debugger_step_back_into (self->debugger);
      else
        fermata_debugger_step_back (self->debugger);
      settle_search (self);
      number = fermata_debugger_get_number (self->debugger);
      if (fermata_stop_get_reason (fermata_debugger_get_stop (self->debugger)) == FERMATA_STOP_REASON_STEP)
        g_array_prepend_val (backwards, number);
    }
  assert_numbers (backwards, self->numbers, "backwards");
}

/* --- The golden graphs ------------------------------------------------------- */

/* Who holds the run himself has it held longer. */
static gboolean
holds_itself (FermataGraph *graph)
{
  FermataValue *script = fermata_value_get_member (fermata_graph_get_members (graph), "x-test");
  FermataValue *steps = script == NULL ? NULL : fermata_value_get_member (script, "steps");

  if (script != NULL && fermata_value_get_member (script, "gates") != NULL)
    return TRUE;
  for (gsize i = 0; steps != NULL && i < fermata_value_get_length (steps); i++)
    {
      FermataValue *what = fermata_value_get_member (fermata_value_get_element (steps, i), "do");

      if (g_str_equal (fermata_value_get_string (what, NULL), "hold"))
        return TRUE;
    }

  return FALSE;
}

/* What another run says comes when that is so far: not after the same number of
 * decisions, if this one is held meanwhile. */
static gboolean
begins_runs (const char *path)
{
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));

  return strstr (text, "\"type\": \"invoke\"") != NULL;
}

static char *
play (const char *path,
      Mode        mode,
      guint32     seed)
{
  g_auto (Driver) self = { .mode = mode, .rand = g_rand_new_with_seed (seed) };
  g_autoptr (FermataGraph) graph = fermata_test_read_graph (path);
  g_autoptr (GError) error = NULL;

  self.bed = fermata_test_bed_new ();
  fermata_test_bed_set_up (self.bed, graph, &error);
  g_assert_no_error (error);
  driver_attach (&self);
  fermata_test_bed_go (self.bed);
  if (mode == MODE_INTO || mode == MODE_OVER)
    walk (&self);

  return describe (self.bed);
}

static void
test_golden (gconstpointer data)
{
  g_autoptr (FermataGraph) graph = fermata_test_read_graph (data);
  g_autofree char *expected = NULL;

  if (holds_itself (graph))
    {
      g_test_skip ("is held by itself");
      return;
    }

  if (begins_runs (data))
    {
      g_test_skip ("begins a run of its own");
      return;
    }

  expected = play (data, MODE_FREE, 0);
  for (Mode mode = MODE_INTO; mode <= MODE_RANDOM; mode++)
    {
      g_autofree char *found = play (data, mode, 1);

      g_assert_cmpstr (found, ==, expected);
    }
}

/* --- Random graphs ------------------------------------------------------------ */

static char *
play_random (guint32 seed,
             Mode    mode)
{
  g_auto (Driver) self = { .mode = mode, .rand = g_rand_new_with_seed (seed) };
  g_autofree RandomDag *dag = random_dag_new (self.rand);
  g_autofree char *json = random_dag_to_json (dag);
  g_autoptr (FermataGraph) graph = fermata_test_graph (json);

  self.bed = fermata_test_bed_new ();
  fermata_test_bed_prepare (self.bed, graph, NULL);
  driver_attach (&self);
  fermata_test_bed_finish (self.bed);
  if (mode == MODE_INTO || mode == MODE_OVER)
    walk (&self);

  return describe (self.bed);
}

static void
try_seed (guint32 seed)
{
  g_autofree char *expected = play_random (seed, MODE_FREE);

  g_test_message ("seed %u", seed);
  for (Mode mode = MODE_INTO; mode <= MODE_RANDOM; mode++)
    {
      g_autofree char *found = play_random (seed, mode);

      g_assert_cmpstr (found, ==, expected);
    }
}

/* The same in every run of the test. */
static void
test_fixed (void)
{
  for (guint32 seed = 1; seed <= 40; seed++)
    try_seed (seed);
}

static void
test_random (void)
{
  for (guint i = 0; i < 20; i++)
    try_seed (g_test_rand_int ());
}

/* Whatever is done to the golden graphs, each time something else. */
static void
test_golden_random (void)
{
  g_auto (GStrv) paths = fermata_test_list_golden (TRUE);
  guint n_paths = g_strv_length (paths);

  for (guint i = 0; i < 40; i++)
    {
      const char *path = paths[g_test_rand_int () % n_paths];
      guint32 seed = g_test_rand_int ();
      g_autoptr (FermataGraph) graph = fermata_test_read_graph (path);
      g_autofree char *expected = NULL;
      g_autofree char *found = NULL;

      if (holds_itself (graph))
        continue;

      g_test_message ("%s, seed %u", path, seed);
      expected = play (path, MODE_FREE, 0);
      found = play (path, MODE_RANDOM, seed);
      g_assert_cmpstr (found, ==, expected);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_auto (GStrv) paths = NULL;

  g_test_init (&argc, &argv, NULL);

  paths = fermata_test_list_golden (TRUE);
  g_assert_nonnull (paths[0]);
  for (guint i = 0; paths[i] != NULL; i++)
    {
      g_autofree char *name = g_path_get_basename (paths[i]);
      g_autofree char *test = NULL;

      name[strlen (name) - strlen (".fermata.json")] = '\0';
      test = g_strconcat ("/steps/golden/", name, NULL);
      g_test_add_data_func_full (test, g_strdup (paths[i]), test_golden, g_free);
    }
  g_test_add_func ("/steps/fixed", test_fixed);
  g_test_add_func ("/steps/random", test_random);
  g_test_add_func ("/steps/golden-random", test_golden_random);

  return g_test_run ();
}
