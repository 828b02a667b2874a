/* fermata-check-similar.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "check/fermata-check-similar-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "model/fermata-node.h"

/* Longer names are not compared: nobody mistypes them. */
#define MAX_LENGTH 64

static guint
smaller (guint a,
         guint b)
{
  return a < b ? a : b;
}

/* One row of the optimal string alignment distance; gives its least entry.
 * @rows are the row before the previous one, the previous one, and this. */
static guint
fill_row (const char *a,
          const char *b,
          gsize       n_b,
          gsize       i,
          guint       rows[3][MAX_LENGTH + 1])
{
  guint *row = rows[2];
  guint least = row[0] = (guint) i;

  for (gsize j = 1; j <= n_b; j++)
    {
      guint change = rows[1][j - 1] + (a[i - 1] != b[j - 1]);

      row[j] = smaller (change, smaller (rows[1][j], row[j - 1]) + 1);

      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = smaller (row[j], rows[0][j - 2] + 1);

      least = smaller (least, row[j]);
    }

  return least;
}

guint
fermata_check_edit_distance (const char *a,
                             const char *b,
                             guint       limit)
{
  guint rows[3][MAX_LENGTH + 1];
  gsize n_a = strlen (a);
  gsize n_b = strlen (b);
  gsize difference = n_a > n_b ? n_a - n_b : n_b - n_a;

  if (n_a > MAX_LENGTH || n_b > MAX_LENGTH || difference > limit)
    return limit + 1;

  for (gsize j = 0; j <= n_b; j++)
    rows[1][j] = (guint) j;

  for (gsize i = 1; i <= n_a; i++)
    {
      if (fill_row (a, b, n_b, i, rows) > limit)
        return limit + 1;

      memmove (rows[0], rows[1], 2 * sizeof rows[0]);
    }

  return smaller (rows[1][n_b], limit + 1);
}

void
fermata_check_similar_init (FermataCheckSimilar *self,
                            FermataCheck        *check,
                            const char          *wanted)
{
  gsize length = strlen (wanted);

  self->check = check;
  self->wanted = wanted;
  self->best = NULL;
  /* A third of the letters may be wrong, and one of two. */
  self->best_distance = (guint) MIN (MAX (length / 3, 1) + 1, MAX (length, 1));
}

/* FALSE when it is no use to offer more: one letter away is as good as it
 * gets, a dropped diagnostic needs no hint, and a document full of errors
 * must not be searched as a whole for each of them. */
gboolean
fermata_check_similar_offer (FermataCheckSimilar *self,
                             const char          *name)
{
  guint distance;

  if (self->check->last == NULL || self->check->comparisons_left-- <= 0)
    return FALSE;

  distance = fermata_check_edit_distance (self->wanted, name, self->best_distance - 1);

  if (distance < self->best_distance)
    {
      self->best = name;
      self->best_distance = distance;
    }

  return self->best_distance > 1;
}

/* Offers the names of an object's members. */
gboolean
fermata_check_similar_offer_members (FermataCheckSimilar *self,
                                     FermataValue        *object)
{
  gsize n = fermata_value_get_length (object);

  for (gsize i = 0; i < n; i++)
    {
      if (!fermata_check_similar_offer (self, fermata_value_get_member_name (object, i)))
        return FALSE;
    }

  return TRUE;
}

void
fermata_check_similar_hint (FermataCheckSimilar *self)
{
  if (self->best != NULL)
    fermata_check_add_hint (self->check, _("did you mean “%s”?"), self->best);
}

void
fermata_check_hint_string (FermataCheck      *check,
                           const char        *wanted,
                           const char *const *names)
{
  FermataCheckSimilar similar;

  fermata_check_similar_init (&similar, check, wanted);

  for (guint i = 0; names[i] != NULL; i++)
    {
      if (!fermata_check_similar_offer (&similar, names[i]))
        break;
    }

  fermata_check_similar_hint (&similar);
}

static gboolean
offer_nodes (FermataCheckSimilar *similar,
             FermataCheckLevel   *level)
{
  for (guint i = 0; i < level->n_nodes; i++)
    {
      const char *id = fermata_node_get_id (level->nodes[i]);

      if (id != NULL && !fermata_check_similar_offer (similar, id))
        return FALSE;
    }

  return TRUE;
}

/* Offers the ids of the nodes at the level, and outside of it. */
void
fermata_check_hint_node (FermataCheck *check,
                         const char   *wanted,
                         gboolean      outer_too)
{
  FermataCheckSimilar similar;

  fermata_check_similar_init (&similar, check, wanted);

  for (FermataCheckLevel *level = check->level;
       level != NULL && offer_nodes (&similar, level) && outer_too;
       level = level->outer)
    ;

  fermata_check_similar_hint (&similar);
}
