/* fermata-random-dag.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "harness/fermata-random-dag.h"

/* Chances in a hundred, in the order of the enumeration. */
static guint
choose (GRand       *rand,
        const guint *chances)
{
  gint rest = g_rand_int_range (rand, 0, 100);
  guint i = 0;

  while (rest >= (gint) chances[i])
    rest -= chances[i++];

  return i;
}

static void
make_policy (GRand      *rand,
             RandomNode *node,
             gboolean    is_troubled)
{
  static const guint on_errors[] = { 60, 20, 20 };

  node->attempts = 1;
  node->backoff = 1;
  node->timeout = -1;
  node->uses = g_rand_int_range (rand, 0, 3) == 0 ? g_rand_int_range (rand, 0, RANDOM_POOL + 1) : 0;
  node->assigns = g_rand_int_range (rand, 0, 4) == 0;
  if (!is_troubled)
    return;

  if (g_rand_int_range (rand, 0, 3) == 0)
    node->fails = g_rand_int_range (rand, 0, 4);
  if (g_rand_int_range (rand, 0, 2) == 0)
    {
      node->attempts = g_rand_int_range (rand, 1, 5);
      node->delay = 500 * g_rand_int_range (rand, 0, 5);
      node->backoff = g_rand_int_range (rand, 1, 4);
    }
  if (g_rand_int_range (rand, 0, 4) == 0)
    node->timeout = 500 * g_rand_int_range (rand, 1, 10);
  node->on_error = choose (rand, on_errors);
}

static void
make_node (GRand      *rand,
           RandomNode *node,
           gboolean    is_troubled)
{
  static const guint joins[] = { 65, 20, 15 };
  static const guint quiet[] = { 30, 20, 0, 0, 50, 0, 0 };
  static const guint troubled[] = { 30, 15, 2, 3, 43, 5, 2 };
  static const guint cancels[] = { 55, 15, 15, 15 };

  node->join = choose (rand, joins);
  node->what = choose (rand, is_troubled ? troubled : quiet);
  node->cancel = choose (rand, cancels);
  node->number = g_rand_int_range (rand, 0, 100);

  /* Few different times, so that many things happen at once; 0 is one. */
  node->takes = 500 * g_rand_int_range (rand, 0, 12);
  make_policy (rand, node, is_troubled);
}

static gboolean
has_edge (const RandomDag *self,
          guint            source,
          guint            target)
{
  for (guint i = 0; i < self->n_edges; i++)
    {
      if (self->edges[i].source == source && self->edges[i].target == target)
        return TRUE;
    }

  return FALSE;
}

/* @rank keeps it free of cycles, and has nothing to do with the document. */
static void
make_edges (GRand       *rand,
            RandomDag   *self,
            const guint *rank,
            gboolean     is_troubled)
{
  static const guint quiet[] = { 60, 10, 10, 10, 10, 0 };
  static const guint troubled[] = { 60, 10, 8, 10, 10, 2 };
  guint n_tries = self->n_nodes < 2 ? 0 : g_rand_int_range (rand, 0, 3 * self->n_nodes + 1);

  for (guint i = 0; i < n_tries && self->n_edges < RANDOM_DAG_MAX_EDGES; i++)
    {
      guint source = g_rand_int_range (rand, 0, self->n_nodes);
      guint target = g_rand_int_range (rand, 0, self->n_nodes);

      if (rank[source] >= rank[target] || has_edge (self, source, target))
        continue;
      self->edges[self->n_edges++] =
        (RandomEdge) { source, target, choose (rand, is_troubled ? troubled : quiet),
                       g_rand_int_range (rand, 0, 6) == 0 };
    }
}

static void
make_wishes (GRand     *rand,
             RandomDag *self)
{
  static const guint limits[] = { 0, 0, 1, 2, 3, 5 };

  self->max_concurrency = limits[g_rand_int_range (rand, 0, G_N_ELEMENTS (limits))];
  self->timeout = self->cancels[0] = self->cancels[1] = -1;
  if (g_rand_int_range (rand, 0, 6) == 0)
    self->timeout = 250 + 500 * g_rand_int_range (rand, 0, 30);
  if (g_rand_int_range (rand, 0, 4) == 0)
    self->cancels[0] = 500 * g_rand_int_range (rand, 0, 30);
  if (self->cancels[0] >= 0 && g_rand_int_range (rand, 0, 2) == 0)
    self->cancels[1] = self->cancels[0] + 500 * g_rand_int_range (rand, 0, 8);
}

RandomDag *
random_dag_new (GRand *rand)
{
  RandomDag *self = g_new0 (RandomDag, 1);
  guint rank[RANDOM_DAG_MAX_NODES];
  gboolean is_troubled = g_rand_boolean (rand);

  self->n_nodes = g_rand_int_range (rand, 1, RANDOM_DAG_MAX_NODES + 1);
  self->continues = g_rand_boolean (rand);
  for (guint i = 0; i < self->n_nodes; i++)
    {
      make_node (rand, &self->nodes[i], is_troubled);
      rank[i] = g_rand_int_range (rand, 0, 1000);
    }
  make_edges (rand, self, rank, is_troubled);
  make_wishes (rand, self);

  return self;
}

static guint
count_incoming (const RandomDag *self,
                guint            node)
{
  guint n = 0;

  for (guint i = 0; i < self->n_edges; i++)
    n += self->edges[i].target == node;

  return n;
}

/* The sum of what came in. */
static const char *
input_expression (guint n_incoming)
{
  if (n_incoming == 0)
    return "0";

  return n_incoming == 1 ? "(input === undefined ? 0 : typeof input == typeof 1 ? input : 1)"
                         : "Object.values (input).reduce ((sum, value) => "
                           "sum + (typeof value == typeof 1 ? value : 1), 0)";
}

static void
append_parameters (const RandomDag *self,
                   guint            index,
                   GString         *json)
{
  static const char *const cancels[] = { "end", "complete", "fail", "ignore" };
  const RandomNode *node = &self->nodes[index];

  switch (node->what)
    {
    case RANDOM_NODE_SET:
      g_string_append_printf (json, "\"type\": \"set\", \"with\": { \"value\": \"{{(%" G_GINT64_FORMAT
                              " + %s) %% 1000}}\" }", node->number,
                              input_expression (count_incoming (self, index)));
      break;

    case RANDOM_NODE_CONSTANT:
      g_string_append_printf (json, "\"type\": \"set\", \"with\": { \"value\": %" G_GINT64_FORMAT " }",
                              node->number);
      break;

    case RANDOM_NODE_BROKEN:
      g_string_append (json, "\"type\": \"set\", \"with\": { \"value\": \"{{run.nothing.there}}\" }");
      break;

    case RANDOM_NODE_FAIL:
      g_string_append (json, "\"type\": \"fail\", \"with\": { \"message\": \"no\", \"kind\": \"routing\" }");
      break;

    case RANDOM_NODE_UNFILLED:
      g_string_append (json, "\"type\": \"task\", \"with\": { \"value\": \"{{run.nothing.there}}\" }");
      break;

    case RANDOM_NODE_TASK:
    case RANDOM_NODE_BAD_TASK:
    default:
      g_string_append_printf (json, "\"type\": \"task\", \"with\": { \"takes\": \"%" G_GINT64_FORMAT
                              "ms\", \"value\": %" G_GINT64_FORMAT ", \"when-cancelled\": \"%s\"",
                              node->takes, node->number, cancels[node->cancel]);
      if (node->what == RANDOM_NODE_BAD_TASK)
        g_string_append (json, ", \"error\": \"timeout\"");
      else if (node->fails > 0)
        g_string_append_printf (json, ", \"error\": \"{{attempt <= %u ? \\\"timeout\\\" : \\\"\\\"}}\"",
                                node->fails);
      g_string_append (json, " }");
      break;
    }
}

static void
append_policy (const RandomNode *node,
               GString          *json)
{
  if (node->attempts > 1)
    g_string_append_printf (json, ", \"retry\": { \"attempts\": %u, \"delay\": \"%" G_GINT64_FORMAT
                            "ms\", \"backoff\": %u }", node->attempts, node->delay, node->backoff);
  if (node->timeout >= 0)
    g_string_append_printf (json, ", \"timeout\": \"%" G_GINT64_FORMAT "ms\"", node->timeout);
  if (node->on_error == RANDOM_ON_ERROR_CONTINUE)
    g_string_append (json, ", \"on-error\": \"continue\"");
  else if (node->on_error == RANDOM_ON_ERROR_VALUE)
    g_string_append_printf (json, ", \"on-error\": { \"value\": %u }", RANDOM_FALLBACK);
  if (node->uses > 0)
    g_string_append_printf (json, ", \"uses\": { \"pool\": %u }", node->uses);
  if (node->assigns)
    g_string_append_printf (json, ", \"assign\": [ { \"sum\": \"variables.sum + %" G_GINT64_FORMAT
                            "\" } ]", node->number);
}

static void
append_node (const RandomDag *self,
             guint            index,
             GString         *json)
{
  static const char *const joins[] = { "all", "any", "always" };

  g_string_append_printf (json, "%s\n    { \"id\": \"n%u\", \"join\": \"%s\", ", index == 0 ? "" : ",",
                          index, joins[self->nodes[index].join]);
  append_parameters (self, index, json);
  append_policy (&self->nodes[index], json);
  g_string_append (json, " }");
}

static void
append_edge (const RandomDag *self,
             guint            index,
             GString         *json)
{
  static const char *const whens[] = {
    "", ", \"when\": true", ", \"when\": false", ", \"when\": \"output % 2 == 0\"",
    ", \"when\": \"output < 100\"", ", \"when\": \"output.nothing.there\"",
  };
  const RandomEdge *edge = &self->edges[index];

  g_string_append_printf (json, "%s\n    { \"from\": \"n%u\", \"to\": \"n%u\"%s%s }",
                          index == 0 ? "" : ",", edge->source, edge->target, whens[edge->when],
                          edge->on_error ? ", \"on\": \"error\"" : "");
}

char *
random_dag_to_json (const RandomDag *self)
{
  GString *json = g_string_new ("{\n  \"fermata\": 1,\n  \"kind\": \"dag\",\n");

  g_string_append_printf (json, "  \"on-error\": \"%s\",\n", self->continues ? "continue" : "fail-fast");
  if (self->max_concurrency > 0)
    g_string_append_printf (json, "  \"max-concurrency\": %u,\n", self->max_concurrency);
  g_string_append_printf (json, "  \"variables\": { \"sum\": 0 },\n  \"pools\": { \"pool\": %u },\n",
                          RANDOM_POOL);
  g_string_append (json, "  \"nodes\": [");
  for (guint i = 0; i < self->n_nodes; i++)
    append_node (self, i, json);
  g_string_append (json, "\n  ],\n  \"edges\": [");
  for (guint i = 0; i < self->n_edges; i++)
    append_edge (self, i, json);
  g_string_append (json, "\n  ]\n}\n");

  return g_string_free (json, FALSE);
}
