/* test-index-set.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* An index set behaves like a plain set, and its copies like copies of it. */

#include "engine/moment/fermata-index-set-private.h"

#define N_COPIES 3

static const guint bounds[] = {
  0, 1, 2, 63, 64, 65, 4095, 4096, 4097, 32767, 32768, 32769, 262143, 262144, 262145, 1000000,
};

/* A set beside the array of flags that it must be like. */
typedef struct {
  FermataIndexSet set;
  guint8 *flags;
  guint bound;
  guint n_members;
} Pair;

static Pair *
pair_new (guint bound)
{
  Pair *self = g_new0 (Pair, 1);

  fermata_index_set_init (&self->set, bound);
  self->flags = g_new0 (guint8, bound);
  self->bound = bound;

  return self;
}

static Pair *
pair_copy (const Pair *other)
{
  Pair *self = g_memdup2 (other, sizeof *other);

  fermata_index_set_init_copy (&self->set, &other->set);
  self->flags = g_memdup2 (other->flags, other->bound);

  return self;
}

static void
pair_free (Pair *self)
{
  fermata_index_set_clear (&self->set);
  g_free (self->flags);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Pair, pair_free)

static void
pair_add (Pair  *self,
          guint  index)
{
  fermata_index_set_add (&self->set, index);
  self->n_members += !self->flags[index];
  self->flags[index] = TRUE;
}

static void
pair_remove (Pair  *self,
             guint  index)
{
  fermata_index_set_remove (&self->set, index);
  self->n_members -= self->flags[index];
  self->flags[index] = FALSE;
}

static guint
pair_next (const Pair *self,
           guint       from)
{
  for (guint i = from; i < self->bound; i++)
    {
      if (self->flags[i])
        return i;
    }

  return FERMATA_INDEX_NONE;
}

static void
pair_check_at (const Pair *self,
               guint       index)
{
  g_assert_cmpint (fermata_index_set_contains (&self->set, index), ==, self->flags[index]);
  g_assert_cmpuint (fermata_index_set_next (&self->set, index), ==, pair_next (self, index));
}

/* All members, one after the other. */
static void
pair_check (const Pair *self)
{
  guint found = fermata_index_set_get_lowest (&self->set);
  guint expected = pair_next (self, 0);
  guint n = 0;

  for (; expected != FERMATA_INDEX_NONE; expected = pair_next (self, expected + 1))
    {
      g_assert_cmpuint (found, ==, expected);
      g_assert_true (fermata_index_set_contains (&self->set, found));
      found = fermata_index_set_next (&self->set, found + 1);
      n++;
    }
  g_assert_cmpuint (found, ==, FERMATA_INDEX_NONE);
  g_assert_cmpuint (self->set.n_members, ==, n);
  g_assert_cmpuint (self->n_members, ==, n);
}

/* Close to where words of each level meet more often than elsewhere. */
static guint
random_index (guint bound)
{
  static const guint units[] = { 1, 64, 4096, 262144 };
  guint unit = units[g_test_rand_int_range (0, G_N_ELEMENTS (units))];
  gint64 index = (gint64) unit * g_test_rand_int_range (0, bound / unit + 1)
                 + g_test_rand_int_range (-1, 2);

  return CLAMP (index, 0, (gint64) bound - 1);
}

static void
change (Pair *pair)
{
  guint lowest;

  if (pair->bound == 0)
    return;

  switch (g_test_rand_int_range (0, 5))
    {
    case 0:
      pair_remove (pair, random_index (pair->bound));
      break;

    /* As ready nodes are used: the lowest goes. */
    case 1:
      lowest = fermata_index_set_get_lowest (&pair->set);
      g_assert_cmpuint (lowest, ==, pair_next (pair, 0));
      if (lowest != FERMATA_INDEX_NONE)
        pair_remove (pair, lowest);
      break;

    default:
      pair_add (pair, random_index (pair->bound));
      break;
    }
}

static void
test_random_operations (gconstpointer data)
{
  guint bound = GPOINTER_TO_UINT (data);
  Pair *pairs[N_COPIES] = { pair_new (bound), };

  for (guint i = 0; i < 3000; i++)
    {
      guint which = g_test_rand_int_range (0, N_COPIES);

      if (pairs[which] == NULL)
        pairs[which] = pair_copy (pairs[0]);
      else if (i % 100 == 99 && which > 0)
        g_clear_pointer (&pairs[which], pair_free);
      else
        change (pairs[which]);
      if (bound > 0 && pairs[which] != NULL)
        pair_check_at (pairs[which], random_index (bound));
    }

  for (guint i = 0; i < N_COPIES; i++)
    {
      if (pairs[i] != NULL)
        pair_check (pairs[i]);
      g_clear_pointer (&pairs[i], pair_free);
    }
}

static void
test_none (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bounds); i++)
    {
      g_autoptr (Pair) pair = pair_new (bounds[i]);

      g_assert_cmpuint (fermata_index_set_get_lowest (&pair->set), ==, FERMATA_INDEX_NONE);
      g_assert_cmpuint (fermata_index_set_next (&pair->set, 0), ==, FERMATA_INDEX_NONE);
      if (bounds[i] == 0)
        continue;

      /* After the last member there is none, however far one asks. */
      pair_add (pair, bounds[i] - 1);
      g_assert_cmpuint (fermata_index_set_get_lowest (&pair->set), ==, bounds[i] - 1);
      g_assert_cmpuint (fermata_index_set_next (&pair->set, bounds[i]), ==, FERMATA_INDEX_NONE);
      g_assert_cmpuint (fermata_index_set_next (&pair->set, G_MAXUINT32), ==, FERMATA_INDEX_NONE);
    }
}

/* Full, then empty again: from below, as a run does, and from above. */
static void
test_all (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bounds); i++)
    {
      guint bound = MIN (bounds[i], 32769);
      g_autoptr (Pair) pair = pair_new (bound);
      g_autoptr (Pair) full = NULL;

      for (guint j = 0; j < bound; j++)
        pair_add (pair, j);
      full = pair_copy (pair);
      for (guint j = 0; j < bound; j++)
        {
          g_assert_cmpuint (fermata_index_set_get_lowest (&pair->set), ==, j);
          pair_remove (pair, j);
        }
      pair_check (pair);
      pair_check (full);
      for (guint j = bound; j > 0; j--)
        pair_remove (full, j - 1);
      pair_check (full);
    }
}

static void
test_twice (void)
{
  g_autoptr (Pair) pair = pair_new (100);

  pair_add (pair, 70);
  pair_add (pair, 70);
  g_assert_cmpuint (pair->set.n_members, ==, 1);
  pair_remove (pair, 70);
  pair_remove (pair, 70);
  g_assert_cmpuint (pair->set.n_members, ==, 0);
  pair_check (pair);
}

static void
test_equal (void)
{
  for (guint i = 1; i < G_N_ELEMENTS (bounds); i++)
    {
      guint last = bounds[i] - 1;
      g_autoptr (Pair) one = pair_new (bounds[i]);
      g_autoptr (Pair) other = pair_new (bounds[i]);

      g_assert_true (fermata_index_set_equal (&one->set, &other->set));
      pair_add (one, last);
      g_assert_false (fermata_index_set_equal (&one->set, &other->set));
      pair_add (other, last / 2);
      g_assert_cmpint (fermata_index_set_equal (&one->set, &other->set), ==, last == last / 2);
      pair_add (other, last);
      pair_add (one, last / 2);
      g_assert_true (fermata_index_set_equal (&one->set, &other->set));

      /* Added and removed is as if it never had been there. */
      pair_remove (one, last);
      pair_remove (one, last / 2);
      pair_remove (other, last);
      pair_remove (other, last / 2);
      g_assert_true (fermata_index_set_equal (&one->set, &other->set));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (bounds); i++)
    {
      g_autofree char *path = g_strdup_printf ("/index-set/random/%u", bounds[i]);

      g_test_add_data_func (path, GUINT_TO_POINTER (bounds[i]), test_random_operations);
    }
  g_test_add_func ("/index-set/none", test_none);
  g_test_add_func ("/index-set/all", test_all);
  g_test_add_func ("/index-set/twice", test_twice);
  g_test_add_func ("/index-set/equal", test_equal);

  return g_test_run ();
}
