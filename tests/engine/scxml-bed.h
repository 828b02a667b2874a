/* scxml-bed.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "check/fermata-checker.h"
#include "executor/fermata-local-script-pool.h"
#include "harness/fermata-test-bed.h"
#include "value/fermata-value-reader.h"
#include "value/fermata-value-writer.h"

#include <string.h>

G_BEGIN_DECLS

/*
 * Documents of SCXML, run under the virtual clock with JavaScript in processes of
 * its own. What a machine logs is what is known of it. After each event live is
 * compared with folded, and at the end everything is decided once more.
 */

#define SCXML_WITH(attributes, body) \
  "<scxml xmlns='http://www.w3.org/2005/07/scxml' version='1.0' " attributes ">" body "</scxml>"
#define SCXML(body) SCXML_WITH ("datamodel='ecmascript'", body)
#define LOG(expression) "<log expr='" expression "'/>"
#define ON_ENTRY(content) "<onentry>" content "</onentry>"

/* Whatever comes is told by its name. */
#define TELL "<transition event='*'>" LOG ("_event.name") "</transition>"

/* One state that does something when it is entered, and tells what comes of it. */
#define DO(data, content) \
  SCXML ("<datamodel>" data "</datamodel><state id='s'>" ON_ENTRY (content) TELL "</state>")

typedef struct {
  const char *name;
  const char *logs;
  const char *document;
} ScxmlCase;

static inline FermataTestBed *
scxml_bed_new (void)
{
  FermataTestBed *bed = fermata_test_bed_new ();
  g_autoptr (FermataScriptPool) pool = FERMATA_SCRIPT_POOL (fermata_local_script_pool_new (0));

  fermata_engine_set_script_pool (bed->engine, pool);
  fermata_test_bed_enter_folder (bed);

  return bed;
}

static inline void
scxml_bed_write (const char *name,
                 const char *text)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (name, text, -1, &error);
  g_assert_no_error (error);
}

static inline FermataGraph *
scxml_bed_load (FermataTestBed *bed,
                const char     *document)
{
  g_autoptr (GListStore) diagnostics = g_list_store_new (FERMATA_TYPE_DIAGNOSTIC);
  g_autoptr (GError) error = NULL;
  FermataGraph *graph;

  scxml_bed_write ("machine.scxml", document);
  graph = fermata_loader_load (fermata_engine_get_loader (bed->engine), NULL, "machine.scxml", diagnostics,
                               &error);
  g_assert_no_error (error);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (diagnostics)); i++)
    {
      g_autoptr (FermataDiagnostic) diagnostic = g_list_model_get_item (G_LIST_MODEL (diagnostics), i);

      if (fermata_diagnostic_get_severity (diagnostic) == FERMATA_SEVERITY_ERROR)
        g_error ("%s", fermata_diagnostic_get_message (diagnostic));
    }

  return graph;
}

static inline void
scxml_bed_begin (FermataTestBed *bed,
                 const char     *document)
{
  g_autoptr (FermataGraph) graph = scxml_bed_load (bed, document);

  fermata_test_bed_prepare (bed, graph, NULL);
  fermata_run_start (bed->run);
  fermata_test_bed_settle (bed);
}

/* All that was logged, with “ | ” between. */
static inline char *
scxml_bed_dup_logs (FermataTestBed *bed)
{
  FermataHistory *history = fermata_run_get_history (bed->run);
  GString *logs = g_string_new (NULL);

  for (guint64 number = 1; number <= fermata_history_get_n_events (history); number++)
    {
      const FermataEvent *event = fermata_history_get_event (history, number);

      if (event->kind != FERMATA_EVENT_LOGGED)
        continue;
      if (logs->len > 0)
        g_string_append (logs, " | ");
      if (fermata_value_get_kind (event->payload) == FERMATA_VALUE_KIND_STRING)
        g_string_append (logs, fermata_value_get_string (event->payload, NULL));
      else
        fermata_value_append_string (event->payload, FERMATA_WRITE_COMPACT, 0, logs);
    }

  return g_string_free (logs, FALSE);
}

/* Lets time pass until the machine ends, or nothing is left to wait for. */
static inline void
scxml_bed_pass_all_time (FermataTestBed *bed)
{
  while (!fermata_run_has_ended (bed->run)
         && fermata_virtual_clock_jump (FERMATA_VIRTUAL_CLOCK (bed->clock)))
    fermata_test_bed_settle (bed);
}

static inline void
scxml_bed_assert (FermataTestBed *bed,
                  const char     *expected)
{
  g_autofree char *logs = NULL;
  g_autoptr (GError) error = NULL;

  scxml_bed_pass_all_time (bed);
  logs = scxml_bed_dup_logs (bed);
  g_assert_cmpstr (logs, ==, expected);
  g_assert_cmpuint (fermata_fold_monitor_get_difference (bed->fold), ==, 0);
  fermata_history_verify (fermata_run_get_history (bed->run), NULL, &error);
  g_assert_no_error (error);
}

static inline void
scxml_bed_test_case (gconstpointer data)
{
  const ScxmlCase *one = data;
  g_autoptr (FermataTestBed) bed = scxml_bed_new ();

  scxml_bed_begin (bed, one->document);
  scxml_bed_assert (bed, one->logs);
}

static inline void
scxml_bed_add_cases (const char      *room,
                     const ScxmlCase *cases,
                     guint            n_cases)
{
  for (guint i = 0; i < n_cases; i++)
    {
      g_autofree char *path = g_strdup_printf ("/%s/%s", room, cases[i].name);

      g_test_add_data_func (path, &cases[i], scxml_bed_test_case);
    }
}

G_END_DECLS
