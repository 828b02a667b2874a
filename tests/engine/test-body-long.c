/* test-body-long.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Loops over very long lists: what has not begun costs nothing. Histories are not read
 * back here, which would take longer than all the rest. */

#include "harness/fermata-test-bed.h"

#include "value/fermata-value-builder.h"
#include "value/fermata-value-writer.h"

#define N_ITEMS 10000000

/* 1, 2, 3… as the input `items` */
static FermataValue *
make_inputs (void)
{
  g_autoptr (FermataValueBuilder) items = fermata_value_builder_new_array ();
  g_autoptr (FermataValueBuilder) inputs = fermata_value_builder_new_object ();
  g_autoptr (FermataValue) array = NULL;

  for (guint i = 1; i <= N_ITEMS; i++)
    {
      g_autoptr (FermataValue) item = fermata_value_new_integer (i);

      fermata_value_builder_add (items, item);
    }
  array = fermata_value_builder_end (items);
  fermata_value_builder_set (inputs, "items", array);

  return fermata_value_builder_end (inputs);
}

static FermataTestBed *
run (const char *node)
{
  FermataTestBed *bed = fermata_test_bed_new ();
  FermataRunOptions options = FERMATA_RUN_OPTIONS_INIT;
  g_autofree char *json = g_strdup_printf ("{ 'fermata': 1, 'kind': 'dag', 'inputs': { 'items': {} }, 'nodes': [ "
                                           "{ 'id': 'each', %s } ], 'edges': [], 'result': 'nodes.each.output' }",
                                           node);
  g_autoptr (FermataGraph) graph = fermata_test_graph (json);
  static FermataValue *inputs;

  if (inputs == NULL)
    inputs = make_inputs ();
  options.inputs = inputs;
  fermata_test_bed_prepare (bed, graph, &options);
  fermata_run_start (bed->run);
  fermata_test_bed_settle (bed);

  return bed;
}

static void
assert_result (FermataTestBed *bed,
               const char     *expected,
               guint64         most_events)
{
  FermataValue *result = fermata_moment_get_result (fermata_run_get_moment (bed->run));
  g_autofree char *found = result == NULL ? NULL : fermata_value_to_string (result, FERMATA_WRITE_COMPACT, NULL);

  g_assert_cmpstr (found, ==, expected);
  g_assert_cmpuint (fermata_history_get_n_events (fermata_run_get_history (bed->run)), <=, most_events);
}

static void
test_break (void)
{
  g_autoptr (FermataTestBed) bed = NULL;

  bed = run ("'type': 'foreach', 'with': { 'items': 'inputs.items' }, 'body': { 'nodes': [ "
             "  { 'id': 'value', 'type': 'set', 'with': { 'value': '{{input}}' } }, "
             "  { 'id': 'end', 'type': 'break', 'with': { 'value': '{{iteration.count}}' } } ], "
             "  'edges': [ { 'from': 'value', 'to': 'end', 'when': 'iteration.index == 2' } ], "
             "  'result': 'nodes.value.output' }");
  assert_result (bed, "[1,2,10000000]", 40);
}

/* An item that fails ends it, however many would have followed. */
static void
test_failure (void)
{
  g_autoptr (FermataTestBed) bed = NULL;

  bed = run ("'type': 'foreach', 'with': { 'items': 'inputs.items', 'max-parallel': 16 }, 'body': { 'nodes': [ "
             "  { 'id': 'bad', 'type': 'fail', 'with': { 'message': 'no' } } ], 'edges': [] }");
  assert_result (bed, NULL, 200);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/body-long/break", test_break);
  g_test_add_func ("/body-long/failure", test_failure);

  return g_test_run ();
}
