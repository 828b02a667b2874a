/* test-element-list.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The list of chunks against a plain array, with so many elements that chunks
 * split, empty and stand behind one another. */

#include "model/fermata-element-list-private.h"
#include "model/fermata-model-private.h"

static FermataElement *
new_element (void)
{
  return g_object_new (FERMATA_TYPE_NODE, NULL);
}

static void
assert_same (FermataElementList *list,
             GPtrArray          *array)
{
  g_assert_cmpuint (fermata_element_list_get_size (list), ==, array->len);
  for (guint i = 0; i < array->len; i++)
    {
      FermataElement *element = g_ptr_array_index (array, i);

      g_assert_true (fermata_element_list_get (list, i) == element);
      g_assert_cmpuint (fermata_element_get_position (element), ==, i);
    }
  g_assert_null (fermata_element_list_get (list, array->len));
}

/* Positions in any order, also right after a change. */
static void
assert_some (FermataElementList *list,
             GPtrArray          *array)
{
  for (guint i = 0; i < 3 && array->len > 0; i++)
    {
      guint position = g_test_rand_int_range (0, array->len);

      g_assert_cmpuint (fermata_element_get_position (g_ptr_array_index (array, position)), ==, position);
      position = g_test_rand_int_range (0, array->len);
      g_assert_true (fermata_element_list_get (list, position) == g_ptr_array_index (array, position));
    }
}

static void
insert (FermataElementList *list,
        GPtrArray          *array,
        guint               position)
{
  FermataElement *element = new_element ();

  fermata_element_list_insert (list, position, element);
  g_ptr_array_insert (array, position, element);
}

static void
take (FermataElementList *list,
      GPtrArray          *array,
      guint               position)
{
  FermataElement *element = fermata_element_list_take (list, position);

  g_assert_true (element == g_ptr_array_steal_index (array, position));
  g_assert_null (fermata_element_get_list (element));
  g_assert_cmpuint (fermata_element_get_position (element), ==, 0);
  g_assert_finalize_object (element);
}

static void
test_random (void)
{
  g_autoptr (FermataElementList) list = fermata_element_list_new (FERMATA_TYPE_NODE, NULL);
  g_autoptr (GPtrArray) array = g_ptr_array_new ();

  for (guint i = 0; i < 3000; i++)
    {
      FermataElement *element = new_element ();

      fermata_element_list_append (list, element);
      g_ptr_array_add (array, element);
    }
  assert_same (list, array);

  for (guint i = 0; i < 20000; i++)
    {
      /* Grows for a while, then shrinks to little, and again. */
      gboolean grows = (i / 5000) % 2 == 0;

      if (array->len == 0 || g_test_rand_int_range (0, 5) < (grows ? 3 : 1))
        insert (list, array, g_test_rand_int_range (0, array->len + 1));
      else
        take (list, array, g_test_rand_int_range (0, array->len));
      assert_some (list, array);
      if (i % 1000 == 0)
        assert_same (list, array);
    }
  assert_same (list, array);
  while (array->len > 0)
    take (list, array, 0);
  assert_same (list, array);
  insert (list, array, 0);
  assert_same (list, array);
}

static void
test_one_place (void)
{
  g_autoptr (FermataElementList) list = fermata_element_list_new (FERMATA_TYPE_NODE, NULL);
  g_autoptr (GPtrArray) array = g_ptr_array_new ();

  for (guint i = 0; i < 2000; i++)
    insert (list, array, 0);
  assert_same (list, array);
  for (guint i = 0; i < 2000; i++)
    insert (list, array, 1000);
  assert_same (list, array);
  for (guint i = 0; i < 3000; i++)
    take (list, array, 500);
  assert_same (list, array);
}

static void
test_owner (void)
{
  g_autoptr (FermataElementList) list = fermata_element_list_new (FERMATA_TYPE_NODE, &list);
  FermataElement *element = new_element ();

  g_assert_null (fermata_element_get_owner (element));
  fermata_element_list_append (list, element);
  g_assert_true (fermata_element_get_owner (element) == &list);
  g_assert_true (fermata_element_get_list (element) == list);
  fermata_element_list_disown (list);
  g_assert_null (fermata_element_get_owner (element));
  g_object_ref (element);
  g_clear_object (&list);
  g_assert_null (fermata_element_get_list (element));
  g_object_unref (element);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/element-list/random", test_random);
  g_test_add_func ("/element-list/one-place", test_one_place);
  g_test_add_func ("/element-list/owner", test_owner);

  return g_test_run ();
}
