/* bench-check.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Reading and checking a clean document, beside the bare value reader and
 * json-glib's parser on the same text. */

#include <stdlib.h>

#include <json-glib/json-glib.h>

#include "check/fermata-checker.h"
#include "engine/nodes/fermata-nodes.h"
#include "format/fermata-json.h"
#include "value/fermata-value-reader.h"

#define N_RUNS 7

/* What every other node holds, the rest being constants. */
typedef enum {
  SAME,        /* the same template */
  PATHS,       /* a path of its own */
  EXPRESSIONS, /* an expression of its own, for JavaScript to parse */
} Sort;

static const char *const sorts[] = { "one template", "a path each", "an expression each" };

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

static void
append_value (GString *text,
              guint    node,
              Sort     sort)
{
  if (node % 2 == 0)
    g_string_append_printf (text, "%u", node);
  else if (sort == SAME)
    g_string_append (text, "\"{{input}}\"");
  else if (sort == PATHS)
    g_string_append_printf (text, "\"{{nodes.n%u.output}}\"", node - 1);
  else
    g_string_append_printf (text, "\"{{input + %u}}\"", node);
}

/* A chain; every tenth edge has a condition. */
static GBytes *
make_document (guint n_nodes,
               Sort  sort)
{
  GString *text = g_string_new ("{ \"fermata\": 1, \"kind\": \"dag\",\n  \"nodes\": [\n");

  for (guint i = 0; i < n_nodes; i++)
    {
      g_string_append_printf (text, "    { \"id\": \"n%u\", \"type\": \"set\", \"with\": { \"value\": ", i);
      append_value (text, i, sort);
      g_string_append_printf (text, " } }%s\n", i + 1 < n_nodes ? "," : "");
    }

  g_string_append (text, "  ],\n  \"edges\": [\n");
  for (guint i = 1; i < n_nodes; i++)
    g_string_append_printf (text, "    { \"from\": \"n%u\", \"to\": \"n%u\"%s }%s\n", i - 1, i,
                            i % 10 == 0 ? ", \"when\": \"true\"" : "", i + 1 < n_nodes ? "," : "");
  g_string_append (text, "  ]\n}\n");

  return g_string_free_to_bytes (text);
}

static FermataChecker *
make_checker (void)
{
  g_autoptr(FermataNodeRegistry) registry = fermata_node_registry_new ();
  g_autoptr(FermataEvaluator) evaluator = fermata_evaluator_new ();

  fermata_nodes_register (registry);

  return fermata_checker_new (fermata_node_registry_get_catalog (registry), evaluator);
}

static void
read_and_check (GBytes *text,
                double *reading,
                double *checking)
{
  g_autoptr(GListStore) diagnostics = g_list_store_new (FERMATA_TYPE_DIAGNOSTIC);
  double start = now ();
  g_autoptr(FermataGraph) graph = fermata_json_read_graph (text, "bench", diagnostics, NULL);
  double read = now ();
  g_autoptr(FermataChecker) checker = make_checker ();

  fermata_checker_check (checker, graph, diagnostics);
  *checking = now () - read;
  *reading = read - start;

  if (g_list_model_get_n_items (G_LIST_MODEL (diagnostics)) > 0)
    g_error ("a clean document is found to be wrong");
}

static double
time_bare_reader (GBytes *text)
{
  double start = now ();
  g_autoptr(FermataValue) value =
    fermata_value_parse (g_bytes_get_data (text, NULL), (gssize) g_bytes_get_size (text), NULL);

  g_assert_nonnull (value);

  return now () - start;
}

static double
time_json_glib (GBytes *text)
{
  g_autoptr(JsonParser) parser = json_parser_new_immutable ();
  double start = now ();

  g_assert_true (json_parser_load_from_data (parser, g_bytes_get_data (text, NULL),
                                             (gssize) g_bytes_get_size (text), NULL));

  return now () - start;
}

static void
bench (guint n_nodes,
       Sort  sort)
{
  g_autoptr(GBytes) text = make_document (n_nodes, sort);
  double bare[N_RUNS];
  double json_glib[N_RUNS];
  double reading[N_RUNS];
  double checking[N_RUNS];
  double unit;

  for (guint i = 0; i < N_RUNS; i++)
    {
      bare[i] = time_bare_reader (text);
      read_and_check (text, &reading[i], &checking[i]);
      json_glib[i] = i < 3 ? time_json_glib (text) : json_glib[i - 1];
    }

  unit = median (bare);
  g_print ("%8u nodes, %s: bare reader %.3f s; read %.2f, check %.2f, both %.2f times that; json-glib %.2f\n",
           n_nodes, sorts[sort], unit, median (reading) / unit, median (checking) / unit,
           (median (reading) + median (checking)) / unit, median (json_glib) / unit);
}

int
main (int   argc,
      char *argv[])
{
  bench (10000, SAME);
  bench (100000, SAME);
  bench (1000000, SAME);
  bench (100000, PATHS);
  bench (100000, EXPRESSIONS);

  return EXIT_SUCCESS;
}
