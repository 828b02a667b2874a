/* bench-scxml.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Large documents in SCXML: of many states, and of many transitions; and ten times
 * as large as a tenth of it. */

#include <stdlib.h>

#include "check/fermata-checker.h"
#include "engine/nodes/fermata-nodes.h"
#include "format/fermata-json.h"
#include "format/fermata-scxml.h"

#define N_RUNS 5
#define N_ELEMENTS 65536u

static double
now (void)
{
  return g_get_monotonic_time () / 1e6;
}

static int
compare (const void *a,
         const void *b)
{
  const double *x = a;
  const double *y = b;

  return (*x > *y) - (*x < *y);
}

static double
median (double *times)
{
  qsort (times, N_RUNS, sizeof *times, compare);
  return times[N_RUNS / 2];
}

#define BEGIN "<?xml version=\"1.0\"?>\n<scxml xmlns=\"http://www.w3.org/2005/07/scxml\" version=\"1.0\">\n"

/* In states of sixteen, each in the other up to four deep; each leads to the next. */
static GBytes *
make_states (guint n)
{
  GString *text = g_string_new (BEGIN);
  guint depth = 0;

  for (guint i = 0; i < n; i++)
    {
      g_string_append_printf (text, "<state id=\"s%u\">\n<transition event=\"next\" target=\"s%u\"/>\n", i, (i + 1) % n);
      depth++;
      while (depth > 0 && (depth >= 4 || i % 16 == 15 || i + 1 == n))
        {
          g_string_append (text, "</state>\n");
          depth--;
        }
    }
  g_string_append (text, "</scxml>\n");
  return g_string_free_to_bytes (text);
}

/* All leave one state, each for an event of its own. */
static GBytes *
make_transitions (guint n)
{
  GString *text = g_string_new (BEGIN "<state id=\"s\">\n");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "<transition event=\"e%u\" target=\"t\"><log expr=\"%u\"/></transition>\n", i, i);
  g_string_append (text, "</state>\n<state id=\"t\"><transition event=\"back\" target=\"s\"/></state>\n</scxml>\n");
  return g_string_free_to_bytes (text);
}

static FermataChecker *
make_checker (void)
{
  g_autoptr (FermataNodeRegistry) registry = fermata_node_registry_new ();
  g_autoptr (FermataEvaluator) evaluator = fermata_evaluator_new ();

  fermata_nodes_register (registry);

  return fermata_checker_new (fermata_node_registry_get_catalog (registry), evaluator);
}

static void
refuse_errors (GListStore *diagnostics)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (diagnostics));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (FermataDiagnostic) diagnostic = g_list_model_get_item (G_LIST_MODEL (diagnostics), i);

      if (fermata_diagnostic_get_severity (diagnostic) == FERMATA_SEVERITY_ERROR)
        g_error ("a good document is found to be wrong: %s", fermata_diagnostic_get_message (diagnostic));
    }
}

static void
read_and_check (GBytes *text,
                double *reading,
                double *checking)
{
  g_autoptr (GListStore) diagnostics = g_list_store_new (FERMATA_TYPE_DIAGNOSTIC);
  double start = now ();
  g_autoptr (FermataGraph) graph = fermata_scxml_read_graph (text, "bench", diagnostics, NULL);
  double read = now ();
  g_autoptr (FermataChecker) checker = make_checker ();

  fermata_checker_check (checker, graph, diagnostics);
  *checking = now () - read;
  *reading = read - start;
  refuse_errors (diagnostics);
}

/* The same graph, as JSON. */
static double
read_json (GBytes *text)
{
  g_autoptr (FermataGraph) graph = fermata_scxml_read_graph (text, "bench", NULL, NULL);
  g_autoptr (GBytes) json = fermata_json_write_graph (graph, NULL);
  g_autoptr (FermataGraph) again = NULL;
  double start = now ();

  again = fermata_json_read_graph (json, "bench", NULL, NULL);
  g_assert (again != NULL);
  return now () - start;
}

static void
measure (GBytes *text,
         double *reading,
         double *checking)
{
  double readings[N_RUNS];
  double checkings[N_RUNS];

  for (guint i = 0; i < N_RUNS; i++)
    read_and_check (text, &readings[i], &checkings[i]);
  *reading = median (readings);
  *checking = median (checkings);
}

static void
bench (const char *what,
       GBytes *(*make) (guint))
{
  g_autoptr (GBytes) small = make (N_ELEMENTS / 10);
  g_autoptr (GBytes) large = make (N_ELEMENTS);
  double reading[2];
  double checking[2];
  double json;

  measure (small, &reading[0], &checking[0]);
  measure (large, &reading[1], &checking[1]);
  json = read_json (large);
  g_print ("%u %s, %.1f MB: read %.0f ms, check %.0f ms (of a tenth of them: %.1f and %.1f times); "
           "the same in JSON: read %.0f ms\n",
           N_ELEMENTS, what, g_bytes_get_size (large) / 1e6, reading[1] * 1e3, checking[1] * 1e3,
           reading[1] / reading[0], checking[1] / checking[0], json * 1e3);
}

int
main (void)
{
  bench ("states", make_states);
  bench ("transitions", make_transitions);
  return 0;
}
