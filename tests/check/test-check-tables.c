/* test-check-tables.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <string.h>

#include "check/check-fixture.h"
#include "check/fermata-check-ids-private.h"
#include "check/fermata-check-similar-private.h"
#include "check/fermata-document-words-private.h"

/* The table of ids against a hash table that has nothing to do with it, past
 * several times of growing. */
static void
test_ids (void)
{
  g_autoptr(FermataCheckIds) ids = fermata_check_ids_new (3);
  g_autoptr(GHashTable) oracle = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < 20000; i++)
    {
      char *id = g_strdup_printf ("%.*s%d", g_test_rand_int_range (0, 20), "abcdefghijklmnopqrst",
                                  g_test_rand_int_range (0, 3000));
      gpointer known;

      g_ptr_array_add (texts, id);

      if (g_hash_table_lookup_extended (oracle, id, NULL, &known))
        g_assert_cmpuint (fermata_check_ids_add (ids, id, i), ==, GPOINTER_TO_UINT (known));
      else
        {
          g_assert_cmpuint (fermata_check_ids_find (ids, id), ==, FERMATA_CHECK_NO_ID);
          g_assert_cmpuint (fermata_check_ids_add (ids, id, i), ==, FERMATA_CHECK_NO_ID);
          g_hash_table_insert (oracle, id, GUINT_TO_POINTER (i));
        }

      g_assert_cmpuint (fermata_check_ids_find (ids, id), ==,
                        GPOINTER_TO_UINT (g_hash_table_lookup (oracle, id)));
    }
}

/* A distance by its definition, slow and plain: the least of all ways. */
static guint
plain_distance (const char *a,
                const char *b)
{
  guint least;

  if (*a == '\0' || *b == '\0')
    return (guint) (strlen (a) + strlen (b));
  if (*a == *b)
    least = plain_distance (a + 1, b + 1);
  else
    least = 1 + plain_distance (a + 1, b + 1);

  least = MIN (least, 1 + plain_distance (a + 1, b));
  least = MIN (least, 1 + plain_distance (a, b + 1));
  if (a[1] != '\0' && b[1] != '\0' && a[0] == b[1] && a[1] == b[0])
    least = MIN (least, 1 + plain_distance (a + 2, b + 2));

  return least;
}

static void
fill_word (char *word)
{
  guint length = (guint) g_test_rand_int_range (0, 7);

  for (guint i = 0; i < length; i++)
    word[i] = (char) g_test_rand_int_range ('a', 'd');
  word[length] = '\0';
}

static void
test_distance (void)
{
  g_assert_cmpuint (fermata_check_edit_distance ("fetch", "fecth", 3), ==, 1);
  g_assert_cmpuint (fermata_check_edit_distance ("command", "comand", 3), ==, 1);
  g_assert_cmpuint (fermata_check_edit_distance ("kitten", "sitting", 3), ==, 3);
  g_assert_cmpuint (fermata_check_edit_distance ("kitten", "sitting", 2), ==, 3);

  for (guint i = 0; i < 300; i++)
    {
      char a[8];
      char b[8];
      guint limit = (guint) g_test_rand_int_range (0, 8);

      fill_word (a);
      fill_word (b);
      g_assert_cmpuint (fermata_check_edit_distance (a, b, limit), ==, MIN (plain_distance (a, b), limit + 1));
    }
}

/* Each word once, said of something, and of a type that its role can have. */
static void
assert_member (const FermataThing       *thing,
               const FermataThingMember *member)
{
  g_test_message ("%s.%s", thing->name, member->name);
  g_assert_true (fermata_thing_find_member (thing, member->name) == member);
  g_assert_cmpuint (member->doc != NULL ? strlen (member->doc) : 0, >, 8);
  g_assert_true (g_str_has_suffix (member->doc, ".") || strchr (member->doc, '`') != NULL ||
                 g_str_has_suffix (member->doc, "…"));
  g_assert_cmpuint (member->kinds & ~FERMATA_KINDS_ALL, ==, 0);

  if ((member->types & FERMATA_TYPES (CHOICE)) != 0)
    g_assert_true (member->choices != NULL && member->choices[0] != NULL);
  else
    g_assert_null (member->choices);

  switch ((int) member->role)
    {
    case FERMATA_ROLE_THING:
    case FERMATA_ROLE_THINGS:
    case FERMATA_ROLE_MAP:
    case FERMATA_ROLE_COUNTS:
    case FERMATA_ROLE_VARIABLES:
    case FERMATA_ROLE_PARAMETERS:
      g_assert_true ((member->types & FERMATA_TYPES (OBJECT)) != 0);
      break;
    case FERMATA_ROLE_ASSIGN:
      g_assert_cmpuint (member->types, ==, FERMATA_TYPES (ARRAY));
      break;
    default:
      break;
    }
}

static void
test_words (void)
{
  for (guint i = 0; i < FERMATA_N_THINGS; i++)
    {
      const FermataThing *thing = fermata_thing_get (i);

      g_assert_nonnull (thing->name);
      g_assert_cmpuint (thing->n_members, >, 0);
      /* What was seen is noted in 64 bits; more would still work, slower. */
      g_assert_cmpuint (thing->n_members, <=, 64);

      for (guint j = 0; j < thing->n_members; j++)
        assert_member (thing, &thing->members[j]);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/check/tables/ids", test_ids);
  g_test_add_func ("/check/tables/distance", test_distance);
  g_test_add_func ("/check/tables/words", test_words);

  return g_test_run ();
}
