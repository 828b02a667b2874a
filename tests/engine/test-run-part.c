/* test-run-part.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/plan/fermata-mentions-private.h"
#include "engine/run/fermata-run-part.h"
#include "harness/fermata-test-bed.h"

#include <string.h>

/*
 * Graphs of chance: whatever part of one runs with the history of a whole run,
 * every node ends as it did in that, but for those that come after the part.
 */

#define MAX_NODES 25
#define N_TRIALS 120

typedef struct {
  guint n;
  int numbers[MAX_NODES];
  gboolean edge[MAX_NODES][MAX_NODES];
  gboolean condition[MAX_NODES][MAX_NODES];
  gboolean names[MAX_NODES];
  gboolean reaches[MAX_NODES][MAX_NODES];
} Dag;

static void
fill (Dag *self)
{
  memset (self, 0, sizeof *self);
  self->n = (guint) g_test_rand_int_range (2, MAX_NODES + 1);
  for (guint i = 0; i < self->n; i++)
    {
      self->numbers[i] = g_test_rand_int_range (0, 100);
      self->reaches[i][i] = TRUE;
      for (guint j = i + 1; j < self->n; j++)
        {
          self->edge[i][j] = g_test_rand_int_range (0, 6) == 0;
          self->reaches[i][j] = self->edge[i][j];
          self->condition[i][j] = g_test_rand_int_range (0, 3) == 0;
        }
    }
  for (guint k = 0; k < self->n; k++)
    for (guint i = 0; i < self->n; i++)
      for (guint j = 0; j < self->n; j++)
        self->reaches[i][j] |= self->reaches[i][k] && self->reaches[k][j];

  /* Who reads a node that he does not come after may read it too early. */
  for (guint i = 0; i < self->n; i++)
    self->names[i] = i > 0 && self->reaches[0][i] && g_test_rand_int_range (0, 3) == 0;
}

/* Each node gives its number and all that comes in; some read the first node
 * too, whatever is between. Nodes stand in reverse, so that the order of the
 * document is not that of the edges. */
static FermataGraph *
make_graph (Dag *self)
{
  g_autoptr (GString) text = g_string_new ("{'fermata':1,'kind':'dag','nodes':[");
  const char *comma = "";

  for (guint i = self->n; i-- > 0;)
    g_string_append_printf (text, "%s{'id':'n%u','type':'set','with':{'value':'{{%d + "
                            "(typeof input === \\\"undefined\\\" ? 0 : typeof input === \\\"number\\\" ? input : "
                            "Object.values (input).reduce ((a, b) => a + b, 0))%s}}'}}",
                            i == self->n - 1 ? "" : ",", i, self->numbers[i],
                            self->names[i] ? " + nodes.n0.output" : "");
  g_string_append (text, "],'edges':[");
  for (guint i = 0; i < self->n; i++)
    for (guint j = 0; j < self->n; j++)
      {
        if (!self->edge[i][j])
          continue;
        g_string_append_printf (text, "%s{'from':'n%u','to':'n%u'%s}", comma, i, j,
                                self->condition[i][j] ? ",'when':'output % 3 != 0'" : "");
        comma = ",";
      }
  g_string_append (text, "],'result':null}");

  return fermata_test_graph (text->str);
}

static FermataTestBed *
run_part (FermataGraph   *graph,
          FermataRunPart *part)
{
  FermataRunOptions options = FERMATA_RUN_OPTIONS_INIT;
  FermataTestBed *bed = fermata_test_bed_new ();

  options.part = part;
  fermata_test_bed_prepare (bed, graph, &options);
  fermata_test_bed_finish (bed);

  return bed;
}

static void
assert_same_end (FermataTestBed *a,
                 FermataTestBed *b,
                 guint           node)
{
  g_autofree char *id = g_strdup_printf ("n%u", node);
  g_autofree char *one = fermata_test_bed_output (a, id);
  g_autofree char *other = fermata_test_bed_output (b, id);

  g_assert_cmpstr (fermata_test_bed_status (a, id), ==, fermata_test_bed_status (b, id));
  g_assert_cmpstr (one, ==, other);
}

static gboolean
has_run (FermataTestBed *bed,
         guint           node)
{
  g_autofree char *id = g_strdup_printf ("n%u", node);

  return fermata_test_bed_count (bed, FERMATA_EVENT_NODE_STARTED, id) > 0;
}

static void
add_random (FermataRunPart *part,
            Dag            *dag,
            guint          *node,
            void          (*add) (FermataRunPart *, const char *))
{
  g_autofree char *id = NULL;

  *node = (guint) g_test_rand_int_range (0, (int) dag->n);
  id = g_strdup_printf ("n%u", *node);
  add (part, id);
}

static gboolean
is_between (Dag   *dag,
            guint  node,
            guint  from,
            guint  until)
{
  return (from == G_MAXUINT || dag->reaches[from][node]) && (until == G_MAXUINT || dag->reaches[node][until]);
}

/* Whether something that runs leads to it, and it to nothing that runs. */
static gboolean
is_behind (Dag   *dag,
           guint  node,
           guint  from,
           guint  until)
{
  gboolean is_after = FALSE;

  for (guint i = 0; i < dag->n; i++)
    {
      if (!is_between (dag, i, from, until))
        continue;
      if (dag->reaches[node][i])
        return FALSE;
      is_after |= dag->reaches[i][node];
    }

  return is_after;
}

static void
trial_between (gboolean with_from,
               gboolean with_until)
{
  Dag dag;
  g_autoptr (FermataGraph) graph = NULL;
  g_autoptr (FermataTestBed) whole = NULL;
  g_autoptr (FermataTestBed) partial = NULL;
  g_autoptr (FermataRunPart) part = fermata_run_part_new ();
  guint from = G_MAXUINT;
  guint until = G_MAXUINT;

  fill (&dag);
  graph = make_graph (&dag);
  whole = run_part (graph, NULL);
  if (with_from)
    add_random (part, &dag, &from, fermata_run_part_add_from);
  if (with_until)
    add_random (part, &dag, &until, fermata_run_part_add_until);
  fermata_run_part_set_history (part, fermata_run_get_history (whole->run));
  partial = run_part (graph, part);

  for (guint i = 0; i < dag.n; i++)
    {
      if (!is_behind (&dag, i, from, until))
        assert_same_end (whole, partial, i);
      g_assert_cmpint (has_run (partial, i), ==, has_run (whole, i) && is_between (&dag, i, from, until));
    }
}

static void
test_between (void)
{
  for (guint i = 0; i < N_TRIALS; i++)
    trial_between (i % 3 != 0, i % 3 != 1);
}

/* A node changes: what runs is what may depend on it, and all ends as if the
 * whole graph had run. */
static void
trial_changed (void)
{
  Dag dag;
  g_autoptr (FermataGraph) before = NULL;
  g_autoptr (FermataGraph) after = NULL;
  g_autoptr (FermataTestBed) whole = NULL;
  g_autoptr (FermataTestBed) anew = NULL;
  g_autoptr (FermataTestBed) partial = NULL;
  g_autoptr (FermataRunPart) part = fermata_run_part_new ();
  guint node;

  fill (&dag);
  before = make_graph (&dag);
  node = (guint) g_test_rand_int_range (0, (int) dag.n);
  dag.numbers[node]++;
  after = make_graph (&dag);
  whole = run_part (before, NULL);
  anew = run_part (after, NULL);
  fermata_run_part_set_changed (part, TRUE);
  fermata_run_part_set_history (part, fermata_run_get_history (whole->run));
  partial = run_part (after, part);

  for (guint i = 0; i < dag.n; i++)
    {
      assert_same_end (anew, partial, i);
      g_assert_cmpint (has_run (partial, i), ==, has_run (anew, i) && dag.reaches[node][i]);
    }
}

static void
test_changed (void)
{
  for (guint i = 0; i < N_TRIALS; i++)
    trial_changed ();
}

/* Long graphs are walked, not climbed. */
static void
test_long (void)
{
  g_autoptr (GString) text = g_string_new ("{'fermata':1,'kind':'dag','nodes':[{'id':'n0','type':'set','with':{'value':0}}");
  g_autoptr (FermataRunPart) part = fermata_run_part_new ();
  g_autoptr (FermataGraph) graph = NULL;
  g_autoptr (FermataTestBed) bed = fermata_test_bed_new ();
  g_autoptr (FermataValue) pin = fermata_value_new_integer (5);
  FermataRunOptions options = FERMATA_RUN_OPTIONS_INIT;
  const guint n = 20000;

  for (guint i = 1; i < n; i++)
    g_string_append_printf (text, ",{'id':'n%u','type':'set','with':{'value':'{{input}}'}}", i);
  g_string_append (text, "],'edges':[{'from':'n0','to':'n1'}");
  for (guint i = 2; i < n; i++)
    g_string_append_printf (text, ",{'from':'n%u','to':'n%u'}", i - 1, i);
  g_string_append (text, "]}");

  graph = fermata_test_graph (text->str);
  fermata_run_part_add_from (part, "n100");
  fermata_run_part_add_pin (part, "n99", pin);
  options.part = part;
  fermata_test_bed_prepare (bed, graph, &options);
  fermata_test_bed_unfollow (bed);
  fermata_test_bed_finish (bed);
  g_assert_cmpstr (fermata_test_bed_status (bed, "n98"), ==, "skipped");
  g_assert_cmpstr (fermata_test_bed_status (bed, "n99"), ==, "done");
  g_assert_cmpuint (fermata_test_bed_count (bed, FERMATA_EVENT_NODE_STARTED, NULL), ==, n - 100);
}

static void
assert_mentions (const char *text,
                 const char *inputs)
{
  g_autoptr (FermataValue) string = fermata_value_new_string (text, -1);
  g_autoptr (FermataValue) array = fermata_value_new_array (&string, 1);
  g_autofree char **names = NULL;
  g_autofree char *joined = NULL;
  FermataMentions mentions;

  fermata_mentions_init (&mentions);
  fermata_mentions_add (&mentions, array);
  names = (char **) g_hash_table_get_keys_as_array (mentions.inputs.names, NULL);
  joined = mentions.inputs.all ? g_strdup ("*") : g_strjoinv (" ", names);
  g_assert_cmpstr (joined, ==, inputs);
  fermata_mentions_clear (&mentions);
}

static void
test_mentions (void)
{
  assert_mentions ("", "");
  assert_mentions ("{{inputs.path}}", "path");
  assert_mentions ("inputs . path", "path");
  assert_mentions ("inputs?.path.x", "path");
  assert_mentions ("inputs [ \"a b\" ]", "a b");
  assert_mentions ("inputs['a']", "a");
  assert_mentions ("inputs?.['a']", "*");
  assert_mentions ("inputs[key]", "*");
  assert_mentions ("inputs['a' + b]", "*");
  assert_mentions ("({...inputs})", "*");
  assert_mentions ("f (inputs)", "*");
  assert_mentions ("{ inputs }", "*");
  assert_mentions ("my.inputs.path", "");
  assert_mentions ("myinputs.path inputs2.path", "");
  assert_mentions ("inputs.größe", "größe");
  assert_mentions ("inp\\u0075ts.path", "*");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/run-part/between", test_between);
  g_test_add_func ("/run-part/changed", test_changed);
  g_test_add_func ("/run-part/long", test_long);
  g_test_add_func ("/run-part/mentions", test_mentions);

  return g_test_run ();
}
