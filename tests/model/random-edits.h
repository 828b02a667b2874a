/* random-edits.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

/* Edits of all kinds, at random: many of them are refused. */

#include "model/fermata-edit.h"
#include "model/model-fixture.h"

#define N_IDS 12

static inline char *
random_id (void)
{
  return g_strdup_printf ("n%d", g_test_rand_int_range (0, N_IDS));
}

static inline guint
random_position (void)
{
  return g_test_rand_int_range (0, 6);
}

/* Any place there is, and some that are not. */
static inline char *
random_path (FermataGraph *graph)
{
  GString *path = g_string_new (NULL);
  static const char *const steps[] = { "/nodes/%d", "/nodes/%d", "/nodes/%d", "/body", "/finally", "/edges/%d" };
  gpointer object = graph;
  guint depth = g_test_rand_int_range (0, 5);

  for (guint i = 0; i < depth && !FERMATA_IS_EDGE (object); i++)
    {
      gsize length = path->len;
      const char *rest;

      g_string_append_printf (path, steps[g_test_rand_int_range (0, G_N_ELEMENTS (steps))],
                              g_test_rand_int_range (0, 4));
      object = fermata_graph_lookup_path (graph, path->str, &rest);
      if (*rest != '\0' && g_test_rand_int_range (0, 20) > 0)
        g_string_truncate (path, length);
    }
  return g_string_free (path, FALSE);
}

/* A node, with others in it at times. */
static inline char *
random_node (guint depth)
{
  GString *text = g_string_new ("{");
  g_autofree char *id = random_id ();

  if (g_test_rand_bit ())
    g_string_append (text, "'x-first':[1,{}],");
  if (depth > 0 && g_test_rand_int_range (0, 3) == 0)
    {
      g_autofree char *inner = random_node (depth - 1);

      g_string_append_printf (text, "'nodes':[%s],", inner);
    }
  g_string_append_printf (text, "'id':'%s'", id);
  if (depth > 0 && g_test_rand_int_range (0, 3) == 0)
    {
      g_autofree char *inner = random_node (depth - 1);

      g_string_append_printf (text, ",'body':{'edges':[],'nodes':[%s],'x-last':0}", inner);
    }
  if (g_test_rand_bit ())
    g_string_append (text, ",'label':'L'");
  g_string_append_c (text, '}');
  return g_string_free (text, FALSE);
}

static inline char *
random_edge (void)
{
  g_autofree char *from = random_id ();
  g_autofree char *to = random_id ();
  g_autofree char *other = random_id ();

  switch (g_test_rand_int_range (0, 4))
    {
    case 0:
      return g_strdup_printf ("{'from':'%s'}", from);
    case 1:
      return g_strdup_printf ("{'to':['%s','%s'],'from':'%s'}", to, other, from);
    case 2:
      return g_strdup_printf ("{'id':'%s','from':'%s','to':'%s'}", other, from, to);
    default:
      return g_strdup_printf ("{'from':'%s','to':'%s'}", from, to);
    }
}

static inline char *
random_positions (void)
{
  GString *text = g_string_new ("{");
  guint n = g_test_rand_int_range (1, 5);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = random_id ();

      g_string_append_printf (text, "%s'%s':", i > 0 ? "," : "", id);
      if (g_test_rand_int_range (0, 3) == 0)
        g_string_append (text, "null");
      else
        g_string_append_printf (text, "[%d,%d.5]", g_test_rand_int_range (0, 100), g_test_rand_int_range (0, 100));
    }
  g_string_append_c (text, '}');
  return g_string_free (text, FALSE);
}

static inline FermataEdit *
take_value (FermataEdit *(*make) (const char *path, guint position, FermataValue *value),
            const char    *path,
            char          *text)
{
  g_autofree char *owned = text;
  g_autoptr (FermataValue) value = read_value (text);

  return make (path, random_position (), value);
}

static inline FermataEdit *
random_set_member (const char *path)
{
  static const char *const names[] = { "label", "to", "from", "x-a", "id", "initial", "kind", "x-first", "layout" };
  static const char *const values[] = { "'n1'", "['n1','n2']", "{'to':'n3'}", "1", "'dag'", "{'grid':4}", "'n5'" };
  g_autoptr (FermataValue) value = read_value (values[g_test_rand_int_range (0, G_N_ELEMENTS (values))]);
  const char *name = names[g_test_rand_int_range (0, G_N_ELEMENTS (names))];

  if (g_test_rand_int_range (0, 4) == 0)
    return fermata_edit_new_unset_member (path, name);
  return fermata_edit_new_set_member (path, name, value);
}

static inline FermataEdit *
random_body (const char *path)
{
  const char *name = g_test_rand_bit () ? "body" : "finally";
  g_autofree char *node = random_node (1);
  g_autofree char *text = g_strdup_printf ("{'nodes':[%s]}", node);
  g_autoptr (FermataValue) value = read_value (text);

  if (g_test_rand_bit ())
    return fermata_edit_new_remove_body (path, name);
  return fermata_edit_new_add_body (path, name, value);
}

static inline FermataEdit *random_edit (FermataGraph *graph,
                                        guint         depth);

static inline FermataEdit *
random_group (FermataGraph *graph,
              guint         depth)
{
  FermataEdit *edits[4];
  guint n = g_test_rand_int_range (0, G_N_ELEMENTS (edits) + 1);
  FermataEdit *group;

  for (guint i = 0; i < n; i++)
    edits[i] = random_edit (graph, depth + 1);
  group = fermata_edit_new_group (edits, n);
  for (guint i = 0; i < n; i++)
    fermata_edit_unref (edits[i]);
  return group;
}

static inline FermataEdit *
random_edit (FermataGraph *graph,
             guint         depth)
{
  g_autofree char *path = random_path (graph);
  g_autofree char *other = random_path (graph);
  g_autofree char *id = random_id ();
  g_autofree char *positions = NULL;
  g_autoptr (FermataValue) value = NULL;

  switch (g_test_rand_int_range (0, depth < 2 ? 12 : 11))
    {
    case 0:
    case 1:
      return take_value (fermata_edit_new_add_node, path, random_node (2));
    case 2:
      return take_value (fermata_edit_new_add_edge, path, random_edge ());
    case 3:
      return fermata_edit_new_remove_node (path);
    case 4:
      return fermata_edit_new_remove_edge (path);
    case 5:
      return fermata_edit_new_move_node (path, other, random_position ());
    case 6:
      return fermata_edit_new_move_edge (path, other, random_position ());
    case 7:
      return fermata_edit_new_rename_node (path, id);
    case 8:
      return random_set_member (path);
    case 9:
      return random_body (path);
    case 10:
      positions = random_positions ();
      value = read_value (positions);
      return fermata_edit_new_set_positions (path, value);
    default:
      return random_group (graph, depth);
    }
}
