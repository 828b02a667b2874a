/* test-form.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Objects that are made by the million: the same as any, with names that they share. */

#include "value/fermata-form-private.h"
#include "value/fermata-value-reader.h"

static FermataForm form = { { "a", "b", "c", "d", "e", "f", "g" } };

static FermataValue *
fill (guint members)
{
  FermataValue *values[FERMATA_FORM_MAX] = { NULL, };

  for (guint i = 0; i < FERMATA_FORM_MAX; i++)
    {
      if ((members & 1u << i) != 0)
        values[i] = fermata_value_new_integer (i);
    }

  return fermata_form_fill (&form, values);
}

/* Whichever members there are */
static void
test_members (void)
{
  for (guint members = 0; members < 1u << FERMATA_FORM_MAX; members++)
    {
      g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
      g_autoptr (FermataValue) object = fill (members);
      g_autoptr (FermataValue) again = fill (members);
      g_autoptr (FermataValue) other = NULL;

      for (guint i = 0; i < FERMATA_FORM_MAX; i++)
        {
          if ((members & 1u << i) != 0)
            fermata_value_builder_set_integer (builder, form.names[i], i);
        }
      other = fermata_value_builder_end (builder);
      g_assert_true (fermata_value_equal (object, other));
      g_assert_true (fermata_value_equal (object, again));
      g_assert_true (members == 0 || fermata_value_get_shape (object) == fermata_value_get_shape (again));
    }
}

/* Of objects of the form, of those that have the same members and are not of it, and of
 * what is no object */
static void
test_get (void)
{
  g_autoptr (FermataValue) text = fermata_value_new_string ("a", -1);

  for (guint members = 0; members < 1u << FERMATA_FORM_MAX; members++)
    {
      g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
      g_autoptr (FermataValue) object = fill (members);
      g_autoptr (FermataValue) other = NULL;

      for (guint i = FERMATA_FORM_MAX; i > 0; i--)
        {
          if ((members & 1u << (i - 1)) != 0)
            fermata_value_builder_set_integer (builder, form.names[i - 1], i - 1);
        }
      other = fermata_value_builder_end (builder);
      for (guint i = 0; i < FERMATA_FORM_MAX; i++)
        {
          gboolean is_there = (members & 1u << i) != 0;
          FermataValue *found = fermata_form_get (&form, object, i);
          FermataValue *same = fermata_form_get (&form, other, i);

          g_assert_true ((found != NULL) == is_there && (same != NULL) == is_there);
          g_assert_true (!is_there || (fermata_value_get_integer (found) == i && fermata_value_get_integer (same) == i));
          g_assert_null (fermata_form_get (&form, text, i));
        }
    }
}

static gpointer
fill_often (gpointer data)
{
  for (guint i = 0; i < 10000; i++)
    fermata_value_unref (fill (i % (1u << FERMATA_FORM_MAX)));

  return NULL;
}

static void
test_threads (void)
{
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new (NULL, fill_often, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/form/threads", test_threads);
  g_test_add_func ("/form/get", test_get);
  g_test_add_func ("/form/members", test_members);

  return g_test_run ();
}
