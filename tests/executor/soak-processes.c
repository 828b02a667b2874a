/* soak-processes.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/*
 * Small DAGs of commands and scripts with policies of chance, on the real clock,
 * for as many seconds as the argument says. Runs are cancelled, and children,
 * script hosts among them, are killed while they work. Every run must end, no
 * child may be left but idle hosts, and at the end no more memory may be in use
 * than 1.1 times what was after a tenth of the time. A second argument is the
 * seed to begin with.
 */

#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "defaults/fermata-defaults.h"
#include "executor/fermata-proc-private.h"
#include "harness/fermata-test-bed.h"

#define MAX_NODES 12
#define WARM_UP 200
#define MAY_GROW 1.1
#define PATIENCE (60 * G_USEC_PER_SEC)

typedef struct {
  GRand *rand;
  FermataEngine *engine;
  FermataRun *run;
  int children_fd;
  guint n_killed;
  guint n_cancelled;
} Soak;

/* --- Graphs ---------------------------------------------------------------- */

static const char *const works[] = {
  "'type': 'command', 'with': { 'argv': [ 'true' ] }",
  "'type': 'command', 'with': { 'argv': [ 'false' ] }",
  "'type': 'command', 'with': { 'argv': [ 'echo', '{{attempt}}' ], 'output': 'json' }",
  "'type': 'command', 'with': { 'argv': [ 'tail', '-f', '/dev/null' ] }, 'timeout': '20ms'",
  "'type': 'shell', 'with': { 'script': 'tail -f /dev/null & exec tail -f /dev/null' }, 'timeout': '20ms'",
  "'type': 'script', 'with': { 'code': 'return { attempt, at: Date.now () };' }",
  "'type': 'script', 'with': { 'code': 'if (attempt < 2) throw new Error (`no`); return 1;' }",
  "'type': 'script', 'with': { 'code': 'for (;;) ;' }, 'timeout': '30ms'",
  "'type': 'script', 'with': { 'code': 'console.log (`x`.repeat (10000)); return null;' }",
  "'type': 'set', 'with': { 'value': '{{[run.id, variables.n]}}' }",
};

static const char *const policies[] = {
  "", "", ", 'retry': 2", ", 'retry': { 'attempts': 3, 'delay': '5ms', 'jitter': 1 }",
  ", 'on-error': 'continue'", ", 'on-error': { 'value': null }",
  ", 'assign': [ { 'n': 'variables.n + 1' } ]", ", 'uses': { 'p': 1 }", ", 'join': 'always'",
};

#define PICK(rand, array) (array)[g_rand_int_range (rand, 0, G_N_ELEMENTS (array))]

static FermataGraph *
make_graph (GRand *rand)
{
  GString *json = g_string_new ("{ 'fermata': 1, 'kind': 'dag', 'variables': { 'n': 0 },"
                                " 'pools': { 'p': 2 }, 'closing-timeout': '1s', 'nodes': [");
  guint n_nodes = g_rand_int_range (rand, 1, MAX_NODES);
  g_autofree char *text = NULL;

  for (guint i = 0; i < n_nodes; i++)
    g_string_append_printf (json, "%s { 'id': 'n%u', %s%s }", i == 0 ? "" : ",", i, PICK (rand, works),
                            PICK (rand, policies));
  g_string_append (json, "], 'edges': [");
  for (guint i = 1; i < n_nodes; i++)
    g_string_append_printf (json, "%s { 'from': 'n%u', 'to': 'n%u'%s }", i == 1 ? "" : ",",
                            g_rand_int_range (rand, 0, i), i,
                            g_rand_int_range (rand, 0, 5) == 0 ? ", 'on': 'error'" : "");
  g_string_append_printf (json, "], 'on-error': '%s' }", g_rand_boolean (rand) ? "continue" : "fail-fast");
  text = g_string_free (json, FALSE);

  return fermata_test_graph (text);
}

/* --- Meddling -------------------------------------------------------------- */

static void
kill_some_child (Soak *self)
{
  g_autoptr (GArray) children = g_array_new (FALSE, FALSE, sizeof (pid_t));

  fermata_proc_read_children (self->children_fd, children);
  if (children->len == 0)
    return;

  kill (g_array_index (children, pid_t, g_rand_int_range (self->rand, 0, children->len)), SIGKILL);
  self->n_killed++;
}

static gboolean
meddle (gpointer user_data)
{
  Soak *self = user_data;

  if (g_rand_int_range (self->rand, 0, 3) == 0)
    kill_some_child (self);
  if (g_rand_int_range (self->rand, 0, 20) == 0)
    {
      fermata_run_cancel (self->run);
      self->n_cancelled++;
    }

  return G_SOURCE_CONTINUE;
}

static void
play (Soak *self)
{
  g_autoptr (FermataGraph) graph = make_graph (self->rand);
  FermataRunOptions options = FERMATA_RUN_OPTIONS_INIT;
  g_autoptr (FermataPlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  gint64 end = g_get_monotonic_time () + PATIENCE;
  guint source;

  plan = fermata_engine_compile (self->engine, graph, &error);
  g_assert_no_error (error);
  options.grace = 50 * 1000;
  self->run = fermata_engine_create_run (self->engine, plan, &options, &error);
  g_assert_no_error (error);

  fermata_run_start (self->run);
  source = g_timeout_add (g_rand_int_range (self->rand, 3, 40), meddle, self);
  while (!fermata_run_has_ended (self->run))
    {
      if (g_get_monotonic_time () > end)
        g_error ("a run does not end");
      g_main_context_iteration (NULL, TRUE);
    }
  g_source_remove (source);
  g_clear_object (&self->run);
}

/* --- Memory ---------------------------------------------------------------- */

static double
allocated (void)
{
  struct mallinfo2 info = mallinfo2 ();

  while (g_main_context_iteration (NULL, FALSE))
    ;

  return (info.uordblks + info.hblkhd) / 1024.0;
}

/* Idle script hosts may stay, and nothing else. */
static guint
count_children (Soak *self)
{
  g_autoptr (GArray) children = g_array_new (FALSE, FALSE, sizeof (pid_t));

  fermata_proc_read_children (self->children_fd, children);

  return children->len;
}

int
main (int   argc,
      char *argv[])
{
  gint64 seconds = argc > 1 ? g_ascii_strtoll (argv[1], NULL, 10) : 60;
  guint32 seed = argc > 2 ? g_ascii_strtoull (argv[2], NULL, 10) : g_random_int ();
  gint64 begin = g_get_monotonic_time ();
  Soak self = { g_rand_new_with_seed (seed), fermata_engine_new_default (), NULL,
                fermata_proc_open_children (), 0, 0 };
  double before = 0;
  double after;
  guint n_runs = 0;

  printf ("seed %u\n", seed);
  while (before == 0 || g_get_monotonic_time () < begin + seconds * G_USEC_PER_SEC)
    {
      play (&self);
      if (++n_runs >= WARM_UP && before == 0
          && g_get_monotonic_time () >= begin + seconds * G_USEC_PER_SEC / 10)
        before = allocated ();
    }

  after = allocated ();
  printf ("%u runs, %u children killed, %u cancels, %u children left\n", n_runs, self.n_killed,
          self.n_cancelled, count_children (&self));
  printf ("allocated: %.0f KB, %.0f KB after a tenth of the time\n", after, before);
  if (count_children (&self) > g_get_num_processors ())
    {
      printf ("more children than there can be idle hosts\n");
      return EXIT_FAILURE;
    }
  if (after > before * MAY_GROW)
    {
      printf ("that is more than %.1f times as much\n", MAY_GROW);
      return EXIT_FAILURE;
    }

  g_clear_object (&self.engine);
  g_rand_free (self.rand);

  return EXIT_SUCCESS;
}
