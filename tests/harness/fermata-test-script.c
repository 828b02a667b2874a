/* fermata-test-script.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "harness/fermata-test-script.h"

#include <string.h>

#include "engine/history/fermata-event-codec.h"
#include "engine/plan/fermata-plan-private.h"
#include "engine/run/fermata-run-private.h"
#include "format/fermata-json.h"
#include "harness/fermata-probe.h"
#include "harness/fermata-test-hook.h"
#include "harness/fermata-test-part.h"
#include "model/fermata-duration.h"

#define GRAPH_SUFFIX ".fermata.json"

static FermataValue *
get_script (FermataTestBed *self)
{
  return fermata_value_get_member (fermata_run_get_plan (self->run)->members, "x-test");
}

/* An element of an array that may not be there, NULL after the last. */
static FermataValue *
get_element (FermataValue *script,
             const char   *name,
             gsize         index)
{
  FermataValue *array = script == NULL ? NULL : fermata_value_get_member (script, name);

  if (array == NULL || index >= fermata_value_get_length (array))
    return NULL;

  return fermata_value_get_element (array, index);
}

static gint64
get_time (FermataValue *object,
          const char   *name,
          gint64        fallback)
{
  FermataValue *member = fermata_value_get_member (object, name);
  g_autoptr (GError) error = NULL;
  gint64 microseconds;

  if (member == NULL)
    return fallback;

  fermata_duration_parse (member, &microseconds, &error);
  g_assert_no_error (error);

  return microseconds;
}

static FermataRunOptions
read_options (FermataValue *script)
{
  FermataRunOptions options = FERMATA_RUN_OPTIONS_INIT;
  FermataValue *member;

  options.seed = 1;
  if (script == NULL)
    return options;

  options.inputs = fermata_value_get_member (script, "inputs");
  options.timeout = get_time (script, "timeout", -1);
  if ((member = fermata_value_get_member (script, "seed")) != NULL)
    options.seed = fermata_value_get_integer (member);
  if ((member = fermata_value_get_member (script, "max-concurrency")) != NULL)
    options.max_concurrency = fermata_value_get_integer (member);

  return options;
}

static gboolean
hold_always (FermataRun         *run,
             const FermataEvent *decision,
             gpointer            user_data)
{
  return TRUE;
}

static guint32
find_place (FermataPlan *plan,
            const char  *name)
{
  guint32 place;
  guint index;

  if (*name == '\0')
    return FERMATA_PLACE_RUN;
  if (fermata_plan_find_node_place (plan, name, &place))
    return place;

  g_assert_true (fermata_plan_find_edge (plan, name, &index));

  return fermata_plan_get_edge_place (plan, index);
}

static void
arm_gates (FermataTestBed *self)
{
  FermataValue *script = get_script (self);
  FermataValue *gate = get_element (script, "gates", 0);

  if (gate == NULL)
    return;

  fermata_probe_set_gate (fermata_probe_add (self->run, NULL), hold_always);
  for (gsize i = 0; (gate = get_element (script, "gates", i)) != NULL; i++)
    fermata_run_arm (self->run, find_place (fermata_run_get_plan (self->run),
                                            fermata_value_get_string (gate, NULL)));
}

static void
write_files (FermataTestBed *self,
             FermataValue   *files)
{
  fermata_test_bed_enter_folder (self);
  for (gsize i = 0; i < fermata_value_get_length (files); i++)
    {
      g_autoptr (GError) error = NULL;
      gsize length;
      const char *text = fermata_value_get_string (fermata_value_get_element (files, i), &length);

      g_file_set_contents (fermata_value_get_member_name (files, i), text, length, &error);
      g_assert_no_error (error);
    }
}

static void
add_hooks (FermataTestBed *self)
{
  FermataValue *hook;

  for (gsize i = 0; (hook = get_element (get_script (self), "hooks", i)) != NULL; i++)
    {
      g_autoptr (FermataTestHook) made = fermata_test_hook_new (hook, self->clock);

      fermata_run_add_hook (self->run, FERMATA_HOOK (made));
    }
}

gboolean
fermata_test_bed_set_up (FermataTestBed  *self,
                         FermataGraph    *graph,
                         GError         **error)
{
  FermataValue *script = fermata_value_get_member (fermata_graph_get_members (graph), "x-test");
  FermataRunOptions options = read_options (script);
  FermataValue *part_script = script == NULL ? NULL : fermata_value_get_member (script, "part");
  g_autoptr (FermataRunPart) part = NULL;

  FermataValue *files = script == NULL ? NULL : fermata_value_get_member (script, "files");

  if (files != NULL)
    write_files (self, files);
  if (part_script != NULL)
    part = options.part = fermata_test_part_new (graph, part_script);
  if (!fermata_test_bed_try_prepare (self, graph, &options, error))
    return FALSE;
  arm_gates (self);
  add_hooks (self);

  return TRUE;
}

static void
post_fact (FermataTestBed *self,
           FermataValue   *step)
{
  FermataValue *data = fermata_value_get_member (step, "data");
  FermataValue *node = fermata_value_get_member (step, "node");
  FermataPlan *plan = fermata_run_get_plan (self->run);
  const char *name = fermata_value_get_string (fermata_value_get_member (step, "kind"), NULL);
  FermataEventKind kind;
  guint32 place = FERMATA_PLACE_RUN;

  g_assert_true (fermata_event_kind_from_string (name, &kind));
  if (node != NULL)
    place = find_place (plan, fermata_value_get_string (node, NULL));
  fermata_run_post_fact (self->run, kind, 0, place, node == NULL ? 0 : 1,
                         data == NULL ? NULL : fermata_value_ref (data));
}

static void
send_event (FermataTestBed *self,
            FermataValue   *step)
{
  FermataValue *name = fermata_value_get_member (step, "name");

  g_assert_true (fermata_run_send_event (self->run, fermata_value_get_string (name, NULL),
                                         fermata_value_get_member (step, "data")));
}

static void
set_variable (FermataTestBed *self,
              FermataValue   *step)
{
  FermataValue *name = fermata_value_get_member (step, "name");
  g_autoptr (GError) error = NULL;

  fermata_run_set_variable (self->run, 0, fermata_value_get_string (name, NULL),
                            fermata_value_get_member (step, "value"), &error);
  g_assert_no_error (error);
}

static void
take_step (FermataTestBed *self,
           FermataValue   *step)
{
  const char *what = fermata_value_get_string (fermata_value_get_member (step, "do"), NULL);

  if (g_str_equal (what, "cancel"))
    fermata_run_cancel (self->run);
  else if (g_str_equal (what, "hold"))
    g_assert_true (fermata_run_hold (self->run));
  else if (g_str_equal (what, "release"))
    g_assert_true (fermata_run_release (self->run));
  else if (g_str_equal (what, "bookmark"))
    fermata_run_bookmark (self->run, "here");
  else if (g_str_equal (what, "fact"))
    post_fact (self, step);
  else if (g_str_equal (what, "event"))
    send_event (self, step);
  else if (g_str_equal (what, "close-events"))
    g_assert_true (fermata_run_close_events (self->run));
  else if (g_str_equal (what, "set"))
    set_variable (self, step);
  else
    g_error ("x-test: no step “%s”", what);
}

void
fermata_test_bed_go (FermataTestBed *self)
{
  FermataValue *step;

  fermata_run_start (self->run);
  fermata_test_bed_settle (self);
  for (gsize i = 0; (step = get_element (get_script (self), "steps", i)) != NULL; i++)
    {
      fermata_test_bed_pass_time_until (self, get_time (step, "at", 0));

      /* Somebody may have ended it early. */
      if (fermata_run_get_state (self->run) > FERMATA_RUN_STATE_RUNNING)
        break;
      take_step (self, step);
      fermata_test_bed_settle (self);
    }
  fermata_test_bed_finish (self);
}

gboolean
fermata_test_bed_play (FermataTestBed  *self,
                       FermataGraph    *graph,
                       GError         **error)
{
  if (!fermata_test_bed_set_up (self, graph, error))
    return FALSE;
  fermata_test_bed_go (self);

  return TRUE;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static gboolean
is_refused (const char *path)
{
  g_autofree char *stem = g_strndup (path, strlen (path) - strlen (GRAPH_SUFFIX));
  g_autofree char *refusal = g_strconcat (stem, ".error", NULL);

  return g_file_test (refusal, G_FILE_TEST_EXISTS);
}

char **
fermata_test_list_golden (gboolean that_run)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "golden", "engine", NULL);
  g_autoptr (GPtrArray) paths = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  const char *name;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_str_has_suffix (name, GRAPH_SUFFIX) && !(that_run && is_refused (path)))
        g_ptr_array_add (paths, g_steal_pointer (&path));
    }
  g_ptr_array_sort (paths, compare_names);
  g_ptr_array_add (paths, NULL);

  return (char **) g_ptr_array_free (g_steal_pointer (&paths), FALSE);
}

FermataGraph *
fermata_test_read_graph (const char *path)
{
  g_autoptr (GListStore) diagnostics = g_list_store_new (FERMATA_TYPE_DIAGNOSTIC);
  g_autofree char *name = g_path_get_basename (path);
  g_autoptr (GFile) location = g_file_new_for_path (path);
  g_autoptr (GMappedFile) file = NULL;
  g_autoptr (GBytes) text = NULL;
  g_autoptr (GError) error = NULL;
  FermataGraph *graph;

  file = g_mapped_file_new (path, FALSE, &error);
  g_assert_no_error (error);
  text = g_mapped_file_get_bytes (file);
  graph = fermata_json_read_graph (text, name, diagnostics, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (diagnostics)), ==, 0);
  fermata_graph_set_file (graph, location);

  return graph;
}
