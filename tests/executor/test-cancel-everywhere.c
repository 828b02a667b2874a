/* test-cancel-everywhere.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* A run of real processes, scripts and files, cancelled after each of its
 * events in turn: no child, no timer and no half of a file is left. */

#include <glib/gstdio.h>
#include <unistd.h>

#include "defaults/fermata-defaults.h"
#include "executor/fermata-local-script-pool.h"
#include "executor/fermata-proc-private.h"
#include "harness/fermata-probe.h"
#include "harness/fermata-test-bed.h"

static const char example[] =
  "{ 'fermata': 1, 'kind': 'dag', 'variables': { 'n': 0 }, 'pools': { 'p': 1 }, 'closing-timeout': '1m',"
  "  'nodes': ["
  "  { 'id': 'flaky', 'type': 'shell', 'retry': { 'attempts': 2, 'delay': '1ms' },"
  "    'with': { 'script': 'test $FERMATA_ATTEMPT -gt 1 && seq 3', 'emit': 'ndjson' },"
  "    'assign': [ { 'n': 'attempt' } ] },"
  "  { 'id': 'each', 'type': 'script', 'with': { 'code': 'console.log (input); return input * 2;' },"
  "    'uses': { 'p': 1 } },"
  "  { 'id': 'write', 'type': 'write-file', 'with': { 'path': 'out.json', 'value': '{{input}}' } },"
  "  { 'id': 'stuck', 'type': 'command', 'with': { 'argv': [ 'tail', '-f', '/dev/null' ] },"
  "    'timeout': '30ms', 'on-error': { 'value': 1 } },"
  "  { 'id': 'family', 'type': 'shell', 'timeout': '30ms', 'on-error': 'continue',"
  "    'with': { 'script': 'tail -f /dev/null & setsid tail -f /dev/null & wait' } },"
  "  { 'id': 'last', 'type': 'command', 'join': 'always', 'with': { 'argv': [ 'true' ] } } ],"
  "  'edges': [ { 'from': 'flaky', 'to': 'each', 'each': true }, { 'from': 'each', 'to': 'write' },"
  "    { 'from': 'write', 'to': 'last' }, { 'from': 'stuck', 'to': 'last' } ] }";

typedef struct {
  FermataEngine *engine;
  FermataPlan *plan;
  char *folder;
  int children_fd;
  guint64 cancel_at;
} Fixture;

static void
cancel_then (FermataRun *run,
             guint64     number,
             gpointer    user_data)
{
  const Fixture *self = user_data;

  if (number == self->cancel_at)
    fermata_run_cancel (run);
}

/* What is there is whole. */
static void
check_files (Fixture *self)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);
      g_autofree char *text = NULL;

      g_assert_cmpstr (name, ==, "out.json");
      g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
      g_assert_cmpstr (g_strchomp (text), ==, "[2,4,6]");
      g_assert_cmpint (unlink (path), ==, 0);
    }
}

/* Only script hosts that wait for the next call. */
static void
check_children (Fixture *self)
{
  g_autoptr (GArray) children = g_array_new (FALSE, FALSE, sizeof (pid_t));

  fermata_proc_read_children (self->children_fd, children);
  for (guint i = 0; i < children->len; i++)
    {
      g_autofree char *path = g_strdup_printf ("/proc/%d/comm", g_array_index (children, pid_t, i));
      g_autofree char *name = NULL;

      if (g_file_get_contents (path, &name, NULL, NULL))
        g_assert_true (g_str_has_prefix (name, "fermata-script"));
    }
}

static guint64
play (Fixture *self,
      guint64  cancel_at)
{
  FermataRunOptions options = FERMATA_RUN_OPTIONS_INIT;
  g_autoptr (FermataRun) run = NULL;
  g_autoptr (GError) error = NULL;

  self->cancel_at = cancel_at;
  options.grace = 10 * 1000;
  run = fermata_engine_create_run (self->engine, self->plan, &options, &error);
  g_assert_no_error (error);
  fermata_probe_set_committed (fermata_probe_add (run, self), cancel_then);
  fermata_run_start (run);
  while (!fermata_run_has_ended (run))
    g_main_context_iteration (NULL, TRUE);

  fermata_history_verify (fermata_run_get_history (run), NULL, &error);
  g_assert_no_error (error);
  check_children (self);
  check_files (self);

  return g_list_model_get_n_items (G_LIST_MODEL (fermata_run_get_history (run)));
}

static void
test_cancel_everywhere (void)
{
  g_autoptr (FermataGraph) graph = fermata_test_graph (example);
  g_autoptr (GError) error = NULL;
  Fixture self = { fermata_engine_new_default (), NULL, g_dir_make_tmp ("fermata-XXXXXX", NULL),
                   fermata_proc_open_children (), 0 };
  g_autofree char *old_folder = g_get_current_dir ();
  guint64 n_events;

  g_assert_cmpint (g_chdir (self.folder), ==, 0);
  self.plan = fermata_engine_compile (self.engine, graph, &error);
  g_assert_no_error (error);

  n_events = play (&self, 0);
  g_assert_cmpuint (n_events, >, 30);
  for (guint64 i = 1; i < n_events; i++)
    play (&self, i);

  /* Nothing of the runs is left to wake anybody up. */
  g_clear_object (&self.engine);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_false (g_main_context_pending (NULL));

  g_clear_pointer (&self.plan, fermata_plan_unref);
  g_assert_cmpint (g_chdir (old_folder), ==, 0);
  g_assert_cmpint (rmdir (self.folder), ==, 0);
  g_free (self.folder);
  close (self.children_fd);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cancel/everywhere", test_cancel_everywhere);

  return g_test_run ();
}
