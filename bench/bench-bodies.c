/* bench-bodies.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/*
 * What a body costs: iterations of one native node each, one after the other and
 * sixteen at a time, beside as many nodes in one graph; and iterations of nothing,
 * which is what entering and leaving a frame costs. The whole history is kept.
 */

#include <malloc.h>
#include <stdlib.h>
#include <time.h>

#include "engine/fermata-engine.h"
#include "engine/nodes/fermata-nodes.h"
#include "value/fermata-value-builder.h"
#include "value/fermata-value-reader.h"

#define ROUNDS 5

#define SET "{ 'nodes': [ { 'id': 'set', 'type': 'set', 'with': { 'value': '{{input}}' } } ], 'edges': [] }"

/* %u is how many. Each gives as many results as it has iterations, or the last. */
typedef struct {
  const char *name;
  const char *node;
} Shape;

static const Shape shapes[] = {
  { "foreach", "'type': 'foreach', 'with': { 'items': 'inputs.items' }, 'body': " SET },
  { "foreach by 16", "'type': 'foreach', 'with': { 'items': 'inputs.items', 'max-parallel': 16 }, 'body': " SET },
  { "fan-out", "'type': 'fan-out', 'with': { 'copies': 'inputs.items.length' }, 'body': " SET },
  { "while", "'type': 'while', 'with': { 'condition': 'iteration.index < inputs.items.length', "
             "'max-iterations': 10000000 }, 'body': " SET },
  { "frame", "'type': 'foreach', 'with': { 'items': 'inputs.items' }, 'body': { 'nodes': [], 'edges': [] }" },
};

static void
check (gboolean    holds,
       const char *what)
{
  if (holds)
    return;

  g_printerr ("bench-bodies: %s\n", what);
  exit (1);
}

static FermataValue *
parse (const char *text)
{
  g_autofree char *json = g_strdelimit (g_strdup (text), "'", '"');
  g_autoptr (GError) error = NULL;
  FermataValue *value = fermata_value_parse (json, -1, &error);

  if (value == NULL)
    g_error ("%s: %s", error->message, json);

  return value;
}

static FermataPlan *
compile (FermataEngine *engine,
         FermataValue  *document)
{
  g_autoptr (FermataGraph) graph = fermata_graph_new_from_value (document);
  g_autoptr (GError) error = NULL;
  FermataPlan *plan = fermata_engine_compile (engine, graph, &error);

  if (plan == NULL)
    g_error ("%s", error->message);

  return plan;
}

static FermataPlan *
compile_body (FermataEngine *engine,
              const Shape   *shape)
{
  g_autofree char *text = g_strconcat ("{ 'fermata': 1, 'kind': 'dag', 'inputs': { 'items': {} }, "
                                       "'nodes': [ { 'id': 'each', ", shape->node,
                                       " } ], 'edges': [] }", NULL);
  g_autoptr (FermataValue) document = parse (text);

  return compile (engine, document);
}

/* As many of the same nodes in one graph, that wait for nothing */
static FermataPlan *
compile_nodes (FermataEngine *engine,
               guint          n_nodes)
{
  g_autoptr (FermataValue) document = parse ("{ 'fermata': 1, 'kind': 'dag', 'inputs': { 'items': {} }, 'result': '0', 'edges': [] }");
  g_autoptr (FermataValue) node = parse ("{ 'type': 'set', 'with': { 'value': '{{inputs.items[0]}}' } }");
  g_autoptr (FermataValueBuilder) nodes = fermata_value_builder_new_array ();
  g_autoptr (FermataValue) array = NULL;
  g_autoptr (FermataValue) whole = NULL;

  for (guint i = 0; i < n_nodes; i++)
    {
      g_autofree char *id = g_strdup_printf ("n%u", i);
      g_autoptr (FermataValue) name = fermata_value_new_string (id, -1);
      g_autoptr (FermataValue) named = fermata_value_with_member (node, "id", name);

      fermata_value_builder_add (nodes, named);
    }
  array = fermata_value_builder_end (nodes);
  whole = fermata_value_with_member (document, "nodes", array);

  return compile (engine, whole);
}

static FermataValue *
make_inputs (guint n_items)
{
  g_autoptr (FermataValueBuilder) items = fermata_value_builder_new_array ();
  g_autoptr (FermataValueBuilder) inputs = fermata_value_builder_new_object ();
  g_autoptr (FermataValue) array = NULL;

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (FermataValue) item = fermata_value_new_integer (i);

      fermata_value_builder_add (items, item);
    }
  array = fermata_value_builder_end (items);
  fermata_value_builder_set (inputs, "items", array);

  return fermata_value_builder_end (inputs);
}

static guint64
count (FermataRun       *run,
       FermataEventKind  kind)
{
  FermataHistory *history = fermata_run_get_history (run);
  guint64 n_events = 0;

  for (guint64 i = 1; i <= fermata_history_get_n_events (history); i++)
    n_events += fermata_history_get_event (history, i)->kind == kind;

  return n_events;
}

/* Of the processor: what else the machine does is nobody's cost here. */
static double
get_microseconds (void)
{
  struct timespec time;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &time);

  return time.tv_sec * 1e6 + time.tv_nsec / 1e3;
}

/* Microseconds for each of @n_items */
static double
time_run (FermataEngine *engine,
          FermataPlan   *plan,
          FermataValue  *inputs,
          guint          n_items,
          gint64        *bytes)
{
  FermataRunOptions options = FERMATA_RUN_OPTIONS_INIT;
  g_autoptr (FermataRun) run = NULL;
  gint64 before = mallinfo2 ().uordblks + mallinfo2 ().hblkhd;
  double start, end;

  options.inputs = inputs;
  run = fermata_engine_create_run (engine, plan, &options, NULL);
  start = get_microseconds ();
  fermata_run_start (run);
  while (!fermata_run_has_ended (run))
    g_main_context_iteration (NULL, TRUE);
  end = get_microseconds ();
  while (g_main_context_iteration (NULL, FALSE))
    ;
  *bytes = mallinfo2 ().uordblks + mallinfo2 ().hblkhd - before;

  check (fermata_run_get_state (run) == FERMATA_RUN_STATE_DONE, "the run is not done");
  check (count (run, FERMATA_EVENT_NODE_COMPLETED) >= n_items
         || count (run, FERMATA_EVENT_FRAME_LEFT) == n_items, "something did not run");

  return (end - start) / n_items;
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
median (double *values)
{
  qsort (values, ROUNDS, sizeof (double), compare_doubles);

  return values[ROUNDS / 2];
}

static double
measure (FermataEngine *engine,
         const Shape   *shape,
         guint          n_items,
         double         smaller)
{
  g_autoptr (FermataPlan) body = compile_body (engine, shape);
  g_autoptr (FermataPlan) plain = compile_nodes (engine, n_items);
  g_autoptr (FermataValue) inputs = make_inputs (n_items);
  double items[ROUNDS], nodes[ROUNDS], ratios[ROUNDS];
  gint64 bytes, node_bytes;

  for (guint i = 0; i < ROUNDS; i++)
    {
      nodes[i] = time_run (engine, plain, inputs, n_items, &node_bytes);
      items[i] = time_run (engine, body, inputs, n_items, &bytes);
      ratios[i] = items[i] / nodes[i];
    }

  g_print ("%-14s %9u  %9.3f  %6.3f  %5.2f  %5.0f", shape->name, n_items, median (items),
           median (nodes), median (ratios), (double) bytes / n_items);
  if (smaller > 0)
    g_print ("  %6.2f", median (items) * 10 / smaller);
  g_print ("\n");

  return median (items);
}

int
main (void)
{
  g_autoptr (FermataClock) clock = fermata_real_clock_new ();
  g_autoptr (FermataEngine) engine = fermata_engine_new (clock, NULL, NULL);

  fermata_nodes_register (fermata_engine_get_registry (engine));
  g_print ("                           us an    us a           bytes   tenfold\n"
           "body           iterations  iteration  node  ratio  each    costs\n");
  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      double last = 0;

      for (guint n_items = 10000; n_items <= 1000000; n_items *= 10)
        last = measure (engine, &shapes[i], n_items, last);
    }

  return 0;
}
