/* fermata-test-bed.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "harness/fermata-test-bed.h"

#include "engine/nodes/fermata-nodes.h"
#include "engine/run/fermata-background-private.h"
#include "format/fermata-json-loader.h"
#include "harness/fermata-task-node.h"
#include "value/fermata-value-reader.h"
#include "value/fermata-value-writer.h"

#include <ftw.h>
#include <glib/gstdio.h>
#include <string.h>

FermataTestBed *
fermata_test_bed_new (void)
{
  FermataTestBed *self = g_new0 (FermataTestBed, 1);
  g_autoptr (FermataNodeType) task = fermata_task_node_new ();
  g_autoptr (FermataLoader) loader = FERMATA_LOADER (fermata_json_loader_new ());

  self->clock = fermata_virtual_clock_new (G_GINT64_CONSTANT (1700000000) * G_USEC_PER_SEC);
  self->engine = fermata_engine_new (self->clock, NULL, loader);
  fermata_nodes_register (fermata_engine_get_registry (self->engine));
  fermata_node_registry_add (fermata_engine_get_registry (self->engine), task);
  self->fold = fermata_fold_monitor_new ();

  return self;
}

void
fermata_test_bed_enter_folder (FermataTestBed *self)
{
  g_autoptr (GError) error = NULL;

  self->old_folder = g_get_current_dir ();
  self->folder = g_dir_make_tmp ("fermata-XXXXXX", &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_chdir (self->folder), ==, 0);
}

static int
remove_one (const char        *path,
            const struct stat *info,
            int                type,
            struct FTW        *where)
{
  return remove (path);
}

static void
leave_folder (FermataTestBed *self)
{
  g_assert_cmpint (g_chdir (self->old_folder), ==, 0);
  g_assert_cmpint (nftw (self->folder, remove_one, 16, FTW_DEPTH | FTW_PHYS), ==, 0);
  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->old_folder, g_free);
}

void
fermata_test_bed_free (FermataTestBed *self)
{
  if (self->folder != NULL)
    leave_folder (self);
  g_clear_object (&self->run);
  g_clear_object (&self->fold);
  g_clear_object (&self->engine);
  g_clear_object (&self->clock);
  g_free (self);
}

FermataGraph *
fermata_test_graph (const char *json)
{
  g_autofree char *text = g_strdelimit (g_strdup (json), "'", '"');
  g_autoptr (FermataValue) value = NULL;
  g_autoptr (GError) error = NULL;

  value = fermata_value_parse (text, -1, &error);
  g_assert_no_error (error);

  return fermata_graph_new_from_value (value);
}

gboolean
fermata_test_bed_try_prepare (FermataTestBed           *self,
                              FermataGraph             *graph,
                              const FermataRunOptions  *options,
                              GError                  **error)
{
  FermataRunOptions fixed = FERMATA_RUN_OPTIONS_INIT;
  g_autoptr (FermataPlan) plan = NULL;

  if (options != NULL)
    fixed = *options;
  fixed.seed = fixed.seed != 0 ? fixed.seed : 1;

  plan = fermata_engine_compile (self->engine, graph, error);
  if (plan == NULL)
    return FALSE;
  self->run = fermata_engine_create_run (self->engine, plan, &fixed, error);
  if (self->run == NULL)
    return FALSE;
  fermata_run_add_monitor (self->run, FERMATA_MONITOR (self->fold));

  return TRUE;
}

void
fermata_test_bed_prepare (FermataTestBed          *self,
                          FermataGraph            *graph,
                          const FermataRunOptions *options)
{
  g_autoptr (GError) error = NULL;

  fermata_test_bed_try_prepare (self, graph, options, &error);
  g_assert_no_error (error);
}

void
fermata_test_bed_unfollow (FermataTestBed *self)
{
  fermata_run_remove_monitor (self->run, FERMATA_MONITOR (self->fold));
}

void
fermata_test_bed_settle (FermataTestBed *self)
{
  /* What threads do takes no time. */
  while (g_main_context_iteration (NULL, fermata_background_get_count () > 0))
    ;
}

void
fermata_test_bed_pass_time_until (FermataTestBed *self,
                                  gint64          time)
{
  FermataVirtualClock *clock = FERMATA_VIRTUAL_CLOCK (self->clock);
  gint64 deadline;

  fermata_test_bed_settle (self);
  while ((deadline = fermata_clock_get_deadline (self->clock)) >= 0 && deadline <= time)
    {
      fermata_virtual_clock_jump (clock);
      fermata_test_bed_settle (self);
    }
  fermata_virtual_clock_advance (clock, MAX (time - fermata_clock_get_time (self->clock), 0));
  fermata_test_bed_settle (self);
}

void
fermata_test_bed_finish (FermataTestBed *self)
{
  g_autoptr (GError) error = NULL;

  if (fermata_run_get_state (self->run) == FERMATA_RUN_STATE_NEW)
    fermata_run_start (self->run);

  fermata_test_bed_settle (self);
  while (!fermata_run_has_ended (self->run))
    {
      g_assert_true (fermata_virtual_clock_jump (FERMATA_VIRTUAL_CLOCK (self->clock)));
      fermata_test_bed_settle (self);
    }

  if (!self->expects_difference)
    g_assert_cmpuint (fermata_fold_monitor_get_difference (self->fold), ==, 0);
  fermata_history_verify (fermata_run_get_history (self->run), NULL, &error);
  g_assert_no_error (error);
}

FermataTestBed *
fermata_test_bed_run (const char *json)
{
  FermataTestBed *self = fermata_test_bed_new ();
  g_autoptr (FermataGraph) graph = fermata_test_graph (json);

  fermata_test_bed_prepare (self, graph, NULL);
  fermata_test_bed_finish (self);

  return self;
}

static void
describe_event (FermataTestBed   *self,
                FermataEventView *event,
                GString          *text)
{
  g_autofree char *place = fermata_event_view_dup_place (event);
  FermataEventKind kind = fermata_event_view_get_kind (event);
  FermataValue *payload = fermata_event_view_get_payload (event);

  g_string_append_printf (text, "%.3f %s", fermata_event_view_get_time (event) / 1e6,
                          fermata_event_kind_to_string (kind));
  if (place != NULL)
    g_string_append_printf (text, " %s", place);
  if (fermata_event_view_get_frame (event) != 0)
    g_string_append_printf (text, "@%u", fermata_event_view_get_frame (event));

  /* The start has the run's own name in it. */
  if (kind == FERMATA_EVENT_RUN_STARTED)
    payload = fermata_value_get_member (payload, "inputs");
  if (payload != NULL)
    {
      g_string_append_c (text, ' ');
      fermata_value_append_string (payload, FERMATA_WRITE_COMPACT, 0, text);
    }
  g_string_append_c (text, '\n');
}

char *
fermata_test_bed_describe (FermataTestBed *self)
{
  GListModel *history = G_LIST_MODEL (fermata_run_get_history (self->run));
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (history); i++)
    {
      g_autoptr (FermataEventView) event = g_list_model_get_item (history, i);

      describe_event (self, event, text);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static guint
find_node (FermataTestBed *self,
           const char     *id)
{
  guint node = 0;

  g_assert_true (fermata_plan_find_node (fermata_run_get_plan (self->run), id, &node));

  return node;
}

const char *
fermata_test_bed_status (FermataTestBed *self,
                         const char     *id)
{
  FermataMoment *moment = fermata_run_get_moment (self->run);

  return fermata_node_status_to_string (fermata_moment_get_node_status (moment, 0,
                                                                        find_node (self, id)));
}

static char *
to_json (FermataValue *value)
{
  return value == NULL ? NULL : fermata_value_to_string (value, FERMATA_WRITE_COMPACT, NULL);
}

char *
fermata_test_bed_output (FermataTestBed *self,
                         const char     *id)
{
  FermataMoment *moment = fermata_run_get_moment (self->run);

  return to_json (fermata_moment_get_node_output (moment, 0, find_node (self, id)));
}

char *
fermata_test_bed_result (FermataTestBed *self)
{
  return to_json (fermata_moment_get_result (fermata_run_get_moment (self->run)));
}

guint
fermata_test_bed_count (FermataTestBed   *self,
                        FermataEventKind  kind,
                        const char       *place)
{
  GListModel *history = G_LIST_MODEL (fermata_run_get_history (self->run));
  guint count = 0;

  for (guint i = 0; i < g_list_model_get_n_items (history); i++)
    {
      g_autoptr (FermataEventView) event = g_list_model_get_item (history, i);
      g_autofree char *at = fermata_event_view_dup_place (event);

      if (fermata_event_view_get_kind (event) == kind
          && (place == NULL || g_strcmp0 (place, at) == 0))
        count++;
    }

  return count;
}
