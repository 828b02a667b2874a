/* test-check-upstream.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <string.h>

#include "check/check-fixture.h"

/* Random DAGs in which nodes read one another's outputs, against a plain
 * oracle: the transitive closure, by definition. */

#define MAX_NODES 90

typedef struct {
  guint n_nodes;
  gboolean has_edge[MAX_NODES][MAX_NODES];
  gboolean is_upstream[MAX_NODES][MAX_NODES];
  int reads[MAX_NODES]; /* the node whose output is read, -1 for none */
  guint shuffled[MAX_NODES];
} Case;

static void
fill_case (Case *self,
           guint n_nodes,
           int   edges_in_1000,
           int   reads_in_100)
{
  memset (self, 0, sizeof *self);
  self->n_nodes = n_nodes;

  for (guint i = 0; i < n_nodes; i++)
    {
      guint j = (guint) g_test_rand_int_range (0, (int) i + 1);

      self->shuffled[i] = self->shuffled[j];
      self->shuffled[j] = i;
      self->reads[i] = g_test_rand_int_range (0, 100) < reads_in_100
                         ? g_test_rand_int_range (0, (int) n_nodes) : -1;
    }

  for (guint i = 0; i < n_nodes; i++)
    for (guint j = i + 1; j < n_nodes; j++)
      self->has_edge[i][j] = g_test_rand_int_range (0, 1000) < edges_in_1000;

  memcpy (self->is_upstream, self->has_edge, sizeof self->has_edge);
  for (guint k = 0; k < n_nodes; k++)
    for (guint i = 0; i < n_nodes; i++)
      for (guint j = 0; j < n_nodes; j++)
        self->is_upstream[i][j] |= self->is_upstream[i][k] && self->is_upstream[k][j];
}

static char *
dup_document (Case *self)
{
  GString *text = g_string_new ("{'fermata':1,'kind':'dag','nodes':[");
  const char *comma = "";

  for (guint i = 0; i < self->n_nodes; i++)
    {
      guint node = self->shuffled[i];

      g_string_append_printf (text, "%s{'id':'n%u','type':'set','with':{'value':", i > 0 ? "," : "", node);
      if (self->reads[node] >= 0)
        g_string_append_printf (text, "'{{nodes.n%d.output}}'}}", self->reads[node]);
      else
        g_string_append (text, "1}}");
    }

  g_string_append (text, "],'edges':[");

  for (guint i = 0; i < self->n_nodes; i++)
    for (guint j = 0; j < self->n_nodes; j++)
      {
        if (!self->has_edge[i][j])
          continue;
        g_string_append_printf (text, "%s{'from':'n%u','to':'n%u'}", comma, i, j);
        comma = ",";
      }

  g_string_append (text, "]}");

  return g_string_free (text, FALSE);
}

static gboolean
is_warned (GListStore *diagnostics,
           guint       node)
{
  g_autofree char *id = g_strdup_printf ("n%u", node);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (diagnostics)); i++)
    {
      g_autoptr(FermataDiagnostic) diagnostic = g_list_model_get_item (G_LIST_MODEL (diagnostics), i);

      if (strcmp (fermata_diagnostic_get_code (diagnostic), "not-upstream") == 0 &&
          strcmp (fermata_diagnostic_get_node (diagnostic), id) == 0)
        return TRUE;
    }

  return FALSE;
}

static void
assert_case (Case *self)
{
  g_autofree char *document = dup_document (self);
  g_autoptr(GListStore) diagnostics = fixture_check (document, FALSE, NULL);

  for (guint i = 0; i < self->n_nodes; i++)
    {
      gboolean expected = self->reads[i] >= 0 && !self->is_upstream[self->reads[i]][i];

      if (is_warned (diagnostics, i) != expected)
        g_error ("node n%u reads n%d, which is %supstream, in %s", i, self->reads[i],
                 expected ? "not " : "", document);
    }
}

static void
test_random (void)
{
  Case self;

  for (guint i = 0; i < 150; i++)
    {
      fill_case (&self, (guint) g_test_rand_int_range (1, 30), g_test_rand_int_range (0, 300), 50);
      assert_case (&self);
    }

  /* More than 64 nodes asked for that neither the order nor the forest
   * decides. */
  for (guint i = 0; i < 15; i++)
    {
      fill_case (&self, MAX_NODES, 25, 100);
      assert_case (&self);
    }
}

/* A chain whose nodes read far back; the first one reads a node that stands
 * before the chain, or behind it. */
static char *
dup_long (guint       n,
          const char *last_edge)
{
  GString *text = g_string_new ("{'fermata':1,'kind':'dag','nodes':[");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "{'id':'n%u','type':'set','with':{'value':'{{nodes.n%u.output}}'}},",
                            i, i == 0 ? n : (guint) g_test_rand_int_range (0, (int) i));

  g_string_append_printf (text, "{'id':'n%u','type':'set','with':{'value':1}}],'edges':[", n);
  for (guint i = 1; i < n; i++)
    g_string_append_printf (text, "{'from':'n%u','to':'n%u'},", i - 1, i);
  g_string_append_printf (text, "%s]}", last_edge);

  return g_string_free (text, FALSE);
}

static void
test_long (void)
{
  g_autofree char *right = dup_long (20000, "{'from':'n20000','to':'n0'}");
  g_autofree char *wrong = dup_long (20000, "{'from':'n19999','to':'n20000'}");
  g_autoptr(GListStore) nothing = fixture_check (right, FALSE, NULL);
  g_autoptr(GListStore) one = fixture_check (wrong, FALSE, NULL);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (nothing)), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (one)), ==, 1);
  g_assert_true (is_warned (one, 0));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/check/upstream/random", test_random);
  g_test_add_func ("/check/upstream/long", test_long);

  return g_test_run ();
}
