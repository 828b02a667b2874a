/* test-page-table.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* A page table behaves like a plain array, and its copies like copies of it. */

#include "engine/moment/fermata-page-table-private.h"

#include <string.h>

#define SALT 0x5a17
#define N_TOKENS 16
#define N_COPIES 4

static const guint sizes[] = {
  0, 1, 2, 63, 64, 65, 4095, 4096, 4097, 32767, 32768, 32769, 65536, 1000000,
};

/* Each record begins as a function of its index, and may hold a reference to
 * one of the tokens. */
typedef struct {
  guint64 number;
  guint32 token;
} Record;

#define NO_TOKEN 0

static gint64 references[N_TOKENS];
static const int salt = SALT;

static guint64
begins_as (guint index)
{
  return (guint64) index * 3 + SALT;
}

static void
begin_records (gpointer      records,
               guint         first,
               guint         n_records,
               gconstpointer data)
{
  Record *record = records;

  for (guint i = 0; i < n_records; i++)
    {
      g_assert_cmpuint (record[i].number, ==, 0);
      g_assert_cmpuint (record[i].token, ==, NO_TOKEN);
      record[i].number = (guint64) (first + i) * 3 + *(const int *) data;
    }
}

static void
ref_records (gpointer records,
             guint    n_records)
{
  const Record *record = records;

  for (guint i = 0; i < n_records; i++)
    references[record[i].token]++;
}

static void
unref_records (gpointer records,
               guint    n_records)
{
  const Record *record = records;

  for (guint i = 0; i < n_records; i++)
    {
      if (record[i].token != NO_TOKEN)
        g_assert_cmpint (references[record[i].token], >, 0);
      references[record[i].token]--;
    }
}

static const FermataPageFuncs funcs = { begin_records, ref_records, unref_records };

static gboolean
records_equal (gconstpointer a,
               gconstpointer b)
{
  const Record *one = a;
  const Record *other = b;

  return one->number == other->number && one->token == other->token;
}

/* A table beside the array that it must be like. */
typedef struct {
  FermataPageTable table;
  Record *array;
  guint n_records;
} Pair;

static Pair *
pair_new (guint n_records)
{
  Pair *self = g_new0 (Pair, 1);

  fermata_page_table_init (&self->table, n_records, sizeof (Record), &funcs, &salt);
  self->array = g_new0 (Record, n_records);
  self->n_records = n_records;
  for (guint i = 0; i < n_records; i++)
    self->array[i].number = begins_as (i);

  return self;
}

static Pair *
pair_copy (const Pair *other)
{
  Pair *self = g_new0 (Pair, 1);

  fermata_page_table_init_copy (&self->table, &other->table);
  self->array = g_memdup2 (other->array, other->n_records * sizeof (Record));
  self->n_records = other->n_records;

  return self;
}

static void
pair_free (Pair *self)
{
  fermata_page_table_clear (&self->table);
  g_free (self->array);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Pair, pair_free)

static void
pair_write (Pair    *self,
            guint    index,
            guint64  number,
            guint32  token)
{
  Record *record = fermata_page_table_write (&self->table, index);

  if (token != NO_TOKEN)
    references[token]++;
  if (record->token != NO_TOKEN)
    references[record->token]--;
  record->number = number;
  record->token = token;
  self->array[index].number = number;
  self->array[index].token = token;
}

static void
pair_check_one (const Pair *self,
                guint       index)
{
  const Record *record = fermata_page_table_peek (&self->table, index);
  const Record *expected = &self->array[index];

  if (record != NULL)
    {
      g_assert_cmpuint (record->number, ==, expected->number);
      g_assert_cmpuint (record->token, ==, expected->token);
      return;
    }

  /* Nobody has written there. */
  g_assert_cmpuint (expected->number, ==, begins_as (index));
  g_assert_cmpuint (expected->token, ==, NO_TOKEN);
}

static void
pair_check (const Pair *self)
{
  for (guint i = 0; i < self->n_records; i++)
    pair_check_one (self, i);
}

/* Close to where pages and blocks meet more often than elsewhere. */
static guint
random_index (guint n_records)
{
  guint unit = g_test_rand_bit () ? FERMATA_PAGE_RECORDS : FERMATA_PAGE_RECORDS * FERMATA_BLOCK_PAGES;
  gint64 index;

  if (g_test_rand_int_range (0, 3) == 0)
    return g_test_rand_int_range (0, n_records);

  index = (gint64) unit * g_test_rand_int_range (0, n_records / unit + 1)
          + g_test_rand_int_range (-1, 2);

  return CLAMP (index, 0, (gint64) n_records - 1);
}

static void
write_somewhere (Pair *pair)
{
  if (pair->n_records > 0)
    pair_write (pair, random_index (pair->n_records), g_test_rand_int (),
                g_test_rand_bit () ? NO_TOKEN : (guint32) g_test_rand_int_range (1, N_TOKENS));
}

static void
test_random_operations (gconstpointer data)
{
  guint n_records = GPOINTER_TO_UINT (data);
  Pair *pairs[N_COPIES] = { pair_new (n_records), };

  memset (references, 0, sizeof references);
  for (guint i = 0; i < 4000; i++)
    {
      guint which = g_test_rand_int_range (0, N_COPIES);
      Pair *pair = pairs[which];

      if (pair == NULL)
        pairs[which] = pair_copy (pairs[0]);
      else if (i % 64 == 63 && which > 0)
        g_clear_pointer (&pairs[which], pair_free);
      else
        write_somewhere (pair);
      if (n_records > 0 && pairs[which] != NULL)
        pair_check_one (pairs[which], random_index (n_records));
    }

  for (guint i = 0; i < N_COPIES; i++)
    {
      if (pairs[i] == NULL)
        continue;
      pair_check (pairs[i]);
      g_clear_pointer (&pairs[i], pair_free);
    }
  for (guint i = 1; i < N_TOKENS; i++)
    g_assert_cmpint (references[i], ==, 0);
}

/* What was copied first may go first, last, or in between. */
static void
test_references (void)
{
  for (guint order = 0; order < 6; order++)
    {
      static const guint orders[6][3] = { { 0, 1, 2 }, { 0, 2, 1 }, { 1, 0, 2 },
                                          { 1, 2, 0 }, { 2, 0, 1 }, { 2, 1, 0 } };
      Pair *pairs[3];

      memset (references, 0, sizeof references);
      pairs[0] = pair_new (130);
      pair_write (pairs[0], 64, 1, 1);
      pairs[1] = pair_copy (pairs[0]);
      pairs[2] = pair_copy (pairs[1]);
      g_assert_cmpint (references[1], ==, 1);

      /* The page is copied, and with it its reference; a page beside it not. */
      pair_write (pairs[1], 65, 2, 2);
      g_assert_cmpint (references[1], ==, 2);
      pair_write (pairs[2], 129, 3, 3);
      g_assert_cmpint (references[1], ==, 2);

      for (guint i = 0; i < 3; i++)
        pair_check (pairs[i]);
      for (guint i = 0; i < 3; i++)
        pair_free (pairs[orders[order][i]]);
      for (guint i = 1; i < N_TOKENS; i++)
        g_assert_cmpint (references[i], ==, 0);
    }
}

static void
test_equal (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      guint n = sizes[i];
      g_autoptr (Pair) one = pair_new (n);
      g_autoptr (Pair) other = pair_new (n);
      g_autoptr (Pair) longer = pair_new (n + 1);

      g_assert_true (fermata_page_table_equal (&one->table, &other->table, records_equal));
      g_assert_false (fermata_page_table_equal (&one->table, &longer->table, records_equal));
      if (n == 0)
        continue;

      /* Written as it began: the same, though one has a page and one not. */
      pair_write (one, n - 1, begins_as (n - 1), NO_TOKEN);
      g_assert_true (fermata_page_table_equal (&one->table, &other->table, records_equal));
      g_assert_true (fermata_page_table_equal (&other->table, &one->table, records_equal));

      pair_write (one, n - 1, 1, NO_TOKEN);
      g_assert_false (fermata_page_table_equal (&one->table, &other->table, records_equal));
      g_assert_false (fermata_page_table_equal (&other->table, &one->table, records_equal));
      pair_write (other, n - 1, 1, NO_TOKEN);
      g_assert_true (fermata_page_table_equal (&one->table, &other->table, records_equal));
    }
}

/* Copying is free; the first write after it copies one page and one block, the
 * next one nothing. */
static void
test_cost (void)
{
  const guint64 page = sizeof (FermataPage) + FERMATA_PAGE_RECORDS * sizeof (Record);
  const guint64 block = sizeof (FermataPageBlock) + FERMATA_BLOCK_PAGES * sizeof (gpointer);
  g_autoptr (Pair) pair = pair_new (1000000);
  g_autoptr (Pair) copy = NULL;
  guint64 before;

  for (guint i = 0; i < pair->n_records; i += 64)
    pair_write (pair, i, i, NO_TOKEN);

  before = pair->table.n_copied;
  copy = pair_copy (pair);
  g_assert_cmpuint (pair->table.n_copied - before, ==, 0);
  g_assert_cmpuint (copy->table.n_copied, ==, before);

  pair_write (pair, 500000, 1, NO_TOKEN);
  g_assert_cmpuint (pair->table.n_copied - before, >=, page);
  g_assert_cmpuint (pair->table.n_copied - before, <=, page + block);

  before = pair->table.n_copied;
  pair_write (pair, 500001, 1, NO_TOKEN);
  pair_write (pair, 500000, 2, NO_TOKEN);
  g_assert_cmpuint (pair->table.n_copied - before, ==, 0);

  /* Another page of the same block. */
  pair_write (pair, 500000 + 640, 1, NO_TOKEN);
  g_assert_cmpuint (pair->table.n_copied - before, <=, page);
  pair_check (copy);
  pair_check (pair);
}

/* Without functions records begin as zeros. */
static void
test_plain (void)
{
  FermataPageTable table;
  FermataPageTable copy;
  guint8 *byte;

  fermata_page_table_init (&table, 32769, 1, NULL, NULL);
  g_assert_null (fermata_page_table_peek (&table, 32768));
  byte = fermata_page_table_write (&table, 32768);
  g_assert_cmpuint (*byte, ==, 0);
  *byte = 7;
  fermata_page_table_init_copy (&copy, &table);
  byte = fermata_page_table_write (&table, 32768);
  g_assert_cmpuint (*byte, ==, 7);
  *byte = 8;
  g_assert_cmpuint (*(const guint8 *) fermata_page_table_peek (&copy, 32768), ==, 7);
  fermata_page_table_clear (&table);
  g_assert_cmpuint (*(const guint8 *) fermata_page_table_peek (&copy, 32768), ==, 7);
  fermata_page_table_clear (&copy);
}

/* What a copy sees stays as long as it was, whatever follows in the original. */
static void
test_grow (void)
{
  FermataPageTable table, copy;

  fermata_page_table_init (&table, 64, sizeof (guint32), NULL, NULL);
  for (guint n_records = 64; n_records <= 131072; n_records *= 2)
    {
      guint first = n_records == 64 ? 0 : n_records / 2;

      for (guint i = first; i < n_records; i += 17)
        *(guint32 *) fermata_page_table_write (&table, i) = i + 1;
      fermata_page_table_init_copy (&copy, &table);
      fermata_page_table_grow (&table, n_records * 2);
      *(guint32 *) fermata_page_table_write (&table, n_records) = 5;
      *(guint32 *) fermata_page_table_write (&table, first) = 6;

      g_assert_cmpuint (copy.n_records, ==, n_records);
      for (guint i = first; i < n_records; i += 17)
        g_assert_cmpuint (*(const guint32 *) fermata_page_table_peek (&copy, i), ==, i + 1);
      g_assert_cmpuint (*(const guint32 *) fermata_page_table_peek (&table, first), ==, 6);
      g_assert_cmpuint (*(const guint32 *) fermata_page_table_peek (&table, n_records), ==, 5);
      if (n_records > FERMATA_PAGE_RECORDS)
        g_assert_null (fermata_page_table_peek (&table, n_records + FERMATA_PAGE_RECORDS));
      fermata_page_table_clear (&copy);
    }
  fermata_page_table_clear (&table);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *path = g_strdup_printf ("/page-table/random/%u", sizes[i]);

      g_test_add_data_func (path, GUINT_TO_POINTER (sizes[i]), test_random_operations);
    }
  g_test_add_func ("/page-table/references", test_references);
  g_test_add_func ("/page-table/equal", test_equal);
  g_test_add_func ("/page-table/cost", test_cost);
  g_test_add_func ("/page-table/plain", test_plain);
  g_test_add_func ("/page-table/grow", test_grow);

  return g_test_run ();
}
