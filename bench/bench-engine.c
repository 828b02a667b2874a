/* bench-engine.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/*
 * What a node costs: chains and fan-outs of native nodes, with the whole
 * history kept, beside one queued g_idle_add() and its dispatch.
 */

#include <malloc.h>
#include <stdlib.h>

#include "engine/fermata-engine.h"
#include "engine/nodes/fermata-nodes.h"
#include "value/fermata-value-builder.h"

#define ROUNDS 5

typedef FermataValue *(*MakeGraph) (guint n_nodes);

static FermataValue *
object (const char *first_name,
        const char *first,
        const char *second_name,
        const char *second)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();

  fermata_value_builder_set_string (builder, first_name, first);
  fermata_value_builder_set_string (builder, second_name, second);

  return fermata_value_builder_end (builder);
}

/* Half of the nodes make a constant, half pass their input on. */
static void
add_node (FermataValueBuilder *nodes,
          guint                index,
          gboolean             passes_on)
{
  g_autofree char *id = g_strdup_printf ("n%u", index);
  g_autoptr (FermataValue) node = object ("id", id, "type", "set");
  g_autoptr (FermataValueBuilder) with = fermata_value_builder_new_object ();
  g_autoptr (FermataValue) parameters = NULL;
  g_autoptr (FermataValue) whole = NULL;

  if (passes_on)
    fermata_value_builder_set_string (with, "value", "{{input}}");
  else
    fermata_value_builder_set_integer (with, "value", index);
  parameters = fermata_value_builder_end (with);
  whole = fermata_value_with_member (node, "with", parameters);
  fermata_value_builder_add (nodes, whole);
}

/* Every tenth has a condition, on a literal. */
static void
add_edge (FermataValueBuilder *edges,
          guint                from,
          guint                to)
{
  g_autofree char *source = g_strdup_printf ("n%u", from);
  g_autofree char *target = g_strdup_printf ("n%u", to);
  g_autoptr (FermataValue) edge = object ("from", source, "to", target);
  g_autoptr (FermataValue) when = fermata_value_new_boolean (TRUE);
  g_autoptr (FermataValue) whole = NULL;

  whole = to % 10 == 0 ? fermata_value_with_member (edge, "when", when) : fermata_value_ref (edge);
  fermata_value_builder_add (edges, whole);
}

static FermataValue *
document (FermataValueBuilder *nodes,
          FermataValueBuilder *edges,
          const char          *result)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  g_autoptr (FermataValue) node_array = fermata_value_builder_end (nodes);
  g_autoptr (FermataValue) edge_array = fermata_value_builder_end (edges);

  fermata_value_builder_set_integer (builder, "fermata", 1);
  fermata_value_builder_set_string (builder, "kind", "dag");
  fermata_value_builder_set (builder, "nodes", node_array);
  fermata_value_builder_set (builder, "edges", edge_array);
  fermata_value_builder_set_string (builder, "result", result);

  return fermata_value_builder_end (builder);
}

static FermataValue *
make_chain (guint n_nodes)
{
  g_autoptr (FermataValueBuilder) nodes = fermata_value_builder_new_array ();
  g_autoptr (FermataValueBuilder) edges = fermata_value_builder_new_array ();
  g_autofree char *result = g_strdup_printf ("nodes.n%u.output", n_nodes - 1);

  for (guint i = 0; i < n_nodes; i++)
    {
      add_node (nodes, i, i % 2 == 1);
      if (i > 0)
        add_edge (edges, i - 1, i);
    }

  return document (nodes, edges, result);
}

static FermataValue *
make_fan_out (guint n_nodes)
{
  g_autoptr (FermataValueBuilder) nodes = fermata_value_builder_new_array ();
  g_autoptr (FermataValueBuilder) edges = fermata_value_builder_new_array ();
  g_autofree char *result = g_strdup_printf ("nodes.n%u.output.n%u", n_nodes - 1, n_nodes - 2);

  for (guint i = 0; i < n_nodes; i++)
    {
      add_node (nodes, i, i % 2 == 1 || i == n_nodes - 1);
      if (i > 0 && i < n_nodes - 1)
        {
          add_edge (edges, 0, i);
          add_edge (edges, i, n_nodes - 1);
        }
    }

  return document (nodes, edges, result);
}

/* The result is what the last node but one got: a constant, or what it passed. */
static gint64
expected_result (MakeGraph make,
                 guint     n_nodes)
{
  if (make == make_chain)
    return n_nodes % 2 == 0 ? n_nodes - 2 : n_nodes - 1;

  return n_nodes % 2 == 0 ? n_nodes - 2 : 0;
}

static void
check (gboolean    holds,
       const char *what)
{
  if (holds)
    return;

  g_printerr ("bench-engine: %s\n", what);
  exit (1);
}

/* Every event can be read afterwards, and they are those that must be there. */
static void
check_run (FermataRun *run,
           MakeGraph   make,
           guint       n_nodes)
{
  FermataHistory *history = fermata_run_get_history (run);
  FermataValue *result = fermata_moment_get_result (fermata_run_get_moment (run));
  guint counts[FERMATA_N_EVENT_KINDS] = { 0, };

  for (guint64 i = 1; i <= fermata_history_get_n_events (history); i++)
    counts[fermata_history_get_event (history, i)->kind]++;

  check (counts[FERMATA_EVENT_NODE_STARTED] == n_nodes, "not every node started once");
  check (counts[FERMATA_EVENT_NODE_COMPLETED] == n_nodes, "not every node completed once");
  check (fermata_run_get_state (run) == FERMATA_RUN_STATE_DONE, "the run is not done");
  check (result != NULL && fermata_value_get_kind (result) == FERMATA_VALUE_KIND_INTEGER
         && fermata_value_get_integer (result) == expected_result (make, n_nodes),
         "the result is wrong");
}

static double
time_run (FermataEngine *engine,
          FermataPlan   *plan,
          MakeGraph      make,
          guint          n_nodes,
          gint64        *bytes)
{
  g_autoptr (FermataRun) run = fermata_engine_create_run (engine, plan, NULL, NULL);
  gint64 before = mallinfo2 ().uordblks + mallinfo2 ().hblkhd;
  gint64 start = g_get_monotonic_time ();
  gint64 end;

  fermata_run_start (run);
  while (!fermata_run_has_ended (run))
    g_main_context_iteration (NULL, TRUE);
  end = g_get_monotonic_time ();
  while (g_main_context_iteration (NULL, FALSE))
    ;
  *bytes = mallinfo2 ().uordblks + mallinfo2 ().hblkhd - before;
  check_run (run, make, n_nodes);

  return (double) (end - start) / n_nodes;
}

static gboolean
count_idle (gpointer user_data)
{
  (*(guint *) user_data)--;

  return G_SOURCE_REMOVE;
}

static double
time_idles (guint n_idles)
{
  guint left = n_idles;
  gint64 start = g_get_monotonic_time ();

  for (guint i = 0; i < n_idles; i++)
    g_idle_add (count_idle, &left);
  while (left > 0)
    g_main_context_iteration (NULL, TRUE);

  return (double) (g_get_monotonic_time () - start) / n_idles;
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double one = *(const double *) a;
  double other = *(const double *) b;

  return (one > other) - (one < other);
}

static double
median (double *values,
        guint   n_values)
{
  qsort (values, n_values, sizeof (double), compare_doubles);

  return values[n_values / 2];
}

static double
measure (FermataEngine *engine,
         const char    *name,
         MakeGraph      make,
         guint          n_nodes,
         double         smaller)
{
  g_autoptr (FermataValue) value = make (n_nodes);
  g_autoptr (FermataGraph) graph = fermata_graph_new_from_value (value);
  g_autoptr (GError) error = NULL;
  g_autoptr (FermataPlan) plan = fermata_engine_compile (engine, graph, &error);
  double nodes[ROUNDS], idles[ROUNDS], ratios[ROUNDS];
  gint64 bytes = 0;

  if (plan == NULL)
    g_error ("%s", error->message);

  for (guint i = 0; i < ROUNDS; i++)
    {
      nodes[i] = time_run (engine, plan, make, n_nodes, &bytes);
      idles[i] = time_idles (100000);
      ratios[i] = nodes[i] / idles[i];
    }

  g_print ("%-10s %9u  %7.3f  %7.3f  %6.2f  %6.0f", name, n_nodes, median (nodes, ROUNDS),
           median (idles, ROUNDS), median (ratios, ROUNDS), (double) bytes / n_nodes);
  if (smaller > 0)
    g_print ("  %6.2f", median (nodes, ROUNDS) * 10 / smaller);
  g_print ("\n");

  return median (nodes, ROUNDS);
}

int
main (void)
{
  static const struct {
    const char *name;
    MakeGraph make;
  } shapes[] = {
    { "chain", make_chain },
    { "fan-out", make_fan_out },
  };
  g_autoptr (FermataClock) clock = fermata_real_clock_new ();
  g_autoptr (FermataEngine) engine = fermata_engine_new (clock, NULL, NULL);

  fermata_nodes_register (fermata_engine_get_registry (engine));
  g_print ("                       us a     us an            bytes   tenfold\n"
           "shape          nodes   node     idle     ratio  a node  costs\n");
  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      double last = 0;

      for (guint n_nodes = 10000; n_nodes <= 1000000; n_nodes *= 10)
        last = measure (engine, shapes[i].name, shapes[i].make, n_nodes, last);
    }

  return 0;
}
