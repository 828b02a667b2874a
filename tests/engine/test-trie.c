/* test-trie.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/moment/fermata-trie-private.h"

/* Values are counted; keys with marks are also kept in plain tables. */
typedef struct {
  guint ref_count;
  guint number;
} Thing;

static guint n_things;

static gpointer
thing_new (guint number)
{
  Thing *thing = g_new0 (Thing, 1);

  thing->ref_count = 1;
  thing->number = number;
  n_things++;

  return thing;
}

static gpointer
thing_ref (gpointer value)
{
  ((Thing *) value)->ref_count++;

  return value;
}

static void
thing_unref (gpointer value)
{
  Thing *thing = value;

  if (--thing->ref_count > 0)
    return;
  n_things--;
  g_free (thing);
}

static const FermataTrieFuncs funcs = { thing_ref, thing_unref };

static gboolean
things_equal (gconstpointer a,
              gconstpointer b)
{
  return ((const Thing *) a)->number == ((const Thing *) b)->number;
}

static gboolean
bears (const FermataTrie *trie,
       guint32            key,
       guint              mark)
{
  guint32 found;

  return fermata_trie_next (trie, key, mark, &found, NULL) && found == key;
}

/* Numbers that are close together, and some that are not. */
static guint32
random_key (GRand *rand)
{
  switch (g_rand_int_range (rand, 0, 3))
    {
    case 0:
      return g_rand_int_range (rand, 0, 200);
    case 1:
      return 100000 + g_rand_int_range (rand, 0, 5000);
    default:
      return g_rand_int (rand);
    }
}

typedef struct {
  FermataTrie trie;
  GHashTable *numbers;
  GHashTable *marked;
} Pair;

static void
pair_init_copy (Pair       *self,
                const Pair *other)
{
  GHashTableIter iter;
  gpointer key, value;

  fermata_trie_init_copy (&self->trie, &other->trie);
  self->numbers = g_hash_table_new (NULL, NULL);
  self->marked = g_hash_table_new (NULL, NULL);
  g_hash_table_iter_init (&iter, other->numbers);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_hash_table_insert (self->numbers, key, value);
  g_hash_table_iter_init (&iter, other->marked);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_hash_table_add (self->marked, key);
}

static void
pair_clear (Pair *self)
{
  fermata_trie_clear (&self->trie);
  g_hash_table_unref (self->numbers);
  g_hash_table_unref (self->marked);
}

static void
pair_change (Pair  *self,
             GRand *rand)
{
  guint32 key = random_key (rand);
  guint number = g_rand_int_range (rand, 1, 1000);
  gboolean set = g_rand_boolean (rand);

  switch (g_rand_int_range (rand, 0, 4))
    {
    case 0:
    case 1:
      fermata_trie_set (&self->trie, key, thing_new (number));
      g_hash_table_insert (self->numbers, GUINT_TO_POINTER (key), GUINT_TO_POINTER (number));
      break;

    case 2:
      fermata_trie_remove (&self->trie, key);
      g_hash_table_remove (self->numbers, GUINT_TO_POINTER (key));
      g_hash_table_remove (self->marked, GUINT_TO_POINTER (key));
      break;

    default:
      if (!fermata_trie_next (&self->trie, key, FERMATA_TRIE_ANY, &key, NULL))
        break;
      fermata_trie_mark (&self->trie, key, 1, set);
      if (set)
        g_hash_table_add (self->marked, GUINT_TO_POINTER (key));
      else
        g_hash_table_remove (self->marked, GUINT_TO_POINTER (key));
      break;
    }
}

/* The entries in order, and those with the mark. */
static void
pair_check (Pair *self)
{
  guint n = 0;
  guint n_marked = 0;
  guint32 key = 0;
  gpointer value;

  while (fermata_trie_next (&self->trie, key, FERMATA_TRIE_ANY, &key, &value))
    {
      gpointer number = g_hash_table_lookup (self->numbers, GUINT_TO_POINTER (key));

      g_assert_cmpuint (((Thing *) value)->number, ==, GPOINTER_TO_UINT (number));
      g_assert_true (fermata_trie_get (&self->trie, key) == value);
      g_assert_cmpint (bears (&self->trie, key, 1), ==,
                       g_hash_table_contains (self->marked, GUINT_TO_POINTER (key)));
      g_assert_false (bears (&self->trie, key, 0));
      n++;
      if (key++ == G_MAXUINT32)
        break;
    }
  g_assert_cmpuint (n, ==, g_hash_table_size (self->numbers));
  g_assert_cmpuint (n, ==, self->trie.n_entries);

  for (key = 0; fermata_trie_next (&self->trie, key, 1, &key, NULL); key++)
    {
      n_marked++;
      if (key == G_MAXUINT32)
        break;
    }
  g_assert_cmpuint (n_marked, ==, g_hash_table_size (self->marked));
}

/* Several copies, each changed by itself, know nothing of each other. */
static void
test_random (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (g_test_rand_int ());
  Pair pairs[4];

  fermata_trie_init (&pairs[0].trie, &funcs);
  pairs[0].numbers = g_hash_table_new (NULL, NULL);
  pairs[0].marked = g_hash_table_new (NULL, NULL);
  for (guint i = 1; i < G_N_ELEMENTS (pairs); i++)
    pair_init_copy (&pairs[i], &pairs[0]);

  for (guint round = 0; round < 200; round++)
    {
      guint from = g_rand_int_range (rand, 0, G_N_ELEMENTS (pairs));
      guint to = g_rand_int_range (rand, 0, G_N_ELEMENTS (pairs));

      for (guint i = 0; i < 50; i++)
        pair_change (&pairs[from], rand);
      if (from != to)
        {
          pair_clear (&pairs[to]);
          pair_init_copy (&pairs[to], &pairs[from]);
          g_assert_true (fermata_trie_equal (&pairs[to].trie, &pairs[from].trie, things_equal));
        }
      for (guint i = 0; round % 20 == 0 && i < G_N_ELEMENTS (pairs); i++)
        pair_check (&pairs[i]);
    }

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    pair_clear (&pairs[i]);
  g_assert_cmpuint (n_things, ==, 0);
}

static void
test_equal (void)
{
  FermataTrie a, b;

  fermata_trie_init (&a, &funcs);
  fermata_trie_init (&b, &funcs);
  g_assert_true (fermata_trie_equal (&a, &b, things_equal));

  /* Of different heights */
  fermata_trie_set (&a, 3, thing_new (1));
  fermata_trie_set (&b, 3, thing_new (1));
  fermata_trie_set (&b, G_MAXUINT32, thing_new (2));
  g_assert_false (fermata_trie_equal (&a, &b, things_equal));
  fermata_trie_remove (&b, G_MAXUINT32);
  g_assert_true (fermata_trie_equal (&a, &b, things_equal));

  fermata_trie_mark (&b, 3, 2, TRUE);
  g_assert_false (fermata_trie_equal (&a, &b, things_equal));
  fermata_trie_mark (&a, 3, 2, TRUE);
  g_assert_true (fermata_trie_equal (&a, &b, things_equal));
  fermata_trie_set (&a, 3, thing_new (7));
  g_assert_false (fermata_trie_equal (&a, &b, things_equal));

  fermata_trie_clear (&a);
  fermata_trie_clear (&b);
  g_assert_cmpuint (n_things, ==, 0);
}

/* Numbers that only grow cost no more than those that are there. */
static void
test_window (void)
{
  FermataTrie trie;

  fermata_trie_init (&trie, &funcs);
  for (guint32 i = 0; i < 100000; i++)
    {
      guint32 lowest;

      fermata_trie_set (&trie, i, thing_new (i));
      if (i >= 16)
        fermata_trie_remove (&trie, i - 16);
      g_assert_true (fermata_trie_next (&trie, 0, FERMATA_TRIE_ANY, &lowest, NULL));
      g_assert_cmpuint (lowest, ==, i >= 16 ? i - 15 : 0);
    }
  g_assert_cmpuint (n_things, ==, 16);
  fermata_trie_clear (&trie);
  g_assert_cmpuint (n_things, ==, 0);
}

/* One after the other, or a few at a time: nothing is made for them, however large
 * they are. */
static void
test_large (void)
{
  const guint32 first = G_MAXUINT32 - 100000;

  for (guint n_kept = 1; n_kept <= 4; n_kept *= 4)
    {
      FermataTrie trie;

      fermata_trie_init (&trie, &funcs);
      for (guint32 i = 0; i < 100000; i++)
        {
          guint32 lowest;

          fermata_trie_set (&trie, first + i, thing_new (i));
          fermata_trie_mark (&trie, first + i, i % FERMATA_TRIE_MARKS, TRUE);
          if (i < n_kept)
            continue;

          fermata_trie_remove (&trie, first + i - n_kept);
          g_assert_null (fermata_trie_get (&trie, first + i - n_kept));
          g_assert_nonnull (fermata_trie_get (&trie, first + i));
          g_assert_null (fermata_trie_get (&trie, i));
          g_assert_true (fermata_trie_next (&trie, i, FERMATA_TRIE_ANY, &lowest, NULL));
          g_assert_cmpuint (lowest, ==, first + i - n_kept + 1);
          g_assert_true (fermata_trie_next (&trie, 0, i % FERMATA_TRIE_MARKS, &lowest, NULL));
          g_assert_cmpuint (lowest, ==, first + i);
          g_assert_false (fermata_trie_next (&trie, first + i + 1, FERMATA_TRIE_ANY, &lowest, NULL));
        }
      g_assert_cmpuint (trie.n_copied, <, 10 * 1024 * 1024);
      fermata_trie_clear (&trie);
      g_assert_cmpuint (n_things, ==, 0);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/trie/random", test_random);
  g_test_add_func ("/trie/equal", test_equal);
  g_test_add_func ("/trie/window", test_window);
  g_test_add_func ("/trie/large", test_large);

  return g_test_run ();
}
