/* fermata-page-table.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/moment/fermata-page-table-private.h"

#include <string.h>

static guint
page_capacity (const FermataPageTable *self,
               guint                   first)
{
  return MIN (FERMATA_PAGE_RECORDS, self->n_records - first);
}

static gsize
page_size (const FermataPageTable *self,
           guint                   n_records)
{
  return sizeof (FermataPage) + (gsize) n_records * self->record_size;
}

static FermataPage *
page_alloc (const FermataPageTable *self,
            guint                   n_records)
{
  FermataPage *page = g_malloc0 (page_size (self, n_records));

  page->ref_count = 1;
  page->n_records = n_records;

  return page;
}

static FermataPage *
page_new (const FermataPageTable *self,
          guint                   index)
{
  guint first = index & ~(FERMATA_PAGE_RECORDS - 1);
  FermataPage *page = page_alloc (self, page_capacity (self, first));

  if (self->funcs != NULL && self->funcs->begin != NULL)
    self->funcs->begin (page->data, first, page->n_records, self->funcs_data);

  return page;
}

static void
page_unref (const FermataPageTable *self,
            FermataPage            *page)
{
  if (--page->ref_count > 0)
    return;

  if (self->funcs != NULL && self->funcs->unref != NULL)
    self->funcs->unref (page->data, page->n_records);
  g_free (page);
}

static FermataPage *
page_copy (const FermataPageTable *self,
           FermataPage            *page)
{
  FermataPage *copy = page_alloc (self, page->n_records);

  memcpy (copy->data, page->data, (gsize) page->n_records * self->record_size);
  if (self->funcs != NULL && self->funcs->ref != NULL)
    self->funcs->ref (copy->data, copy->n_records);
  page_unref (self, page);

  return copy;
}

static gsize
block_size (guint n_pages)
{
  return sizeof (FermataPageBlock) + n_pages * sizeof (FermataPage *);
}

/* The last block of a table holds no more pages than there are. */
static FermataPageBlock *
block_new (const FermataPageTable *self,
           guint                   index)
{
  guint page = index >> FERMATA_PAGE_SHIFT;
  guint n_pages = ((self->n_records - 1) >> FERMATA_PAGE_SHIFT) + 1;
  guint rest = n_pages - (page & ~(FERMATA_BLOCK_PAGES - 1));
  FermataPageBlock *block = g_malloc0 (block_size (MIN (rest, FERMATA_BLOCK_PAGES)));

  block->ref_count = 1;
  block->n_pages = MIN (rest, FERMATA_BLOCK_PAGES);

  return block;
}

static void
block_unref (const FermataPageTable *self,
             FermataPageBlock           *block)
{
  if (--block->ref_count > 0)
    return;

  for (guint i = 0; i < block->n_pages; i++)
    {
      if (block->pages[i] != NULL)
        page_unref (self, block->pages[i]);
    }
  g_free (block);
}

static FermataPageBlock *
block_copy (const FermataPageTable *self,
            FermataPageBlock           *block)
{
  FermataPageBlock *copy = g_memdup2 (block, block_size (block->n_pages));

  copy->ref_count = 1;
  for (guint i = 0; i < copy->n_pages; i++)
    {
      if (copy->pages[i] != NULL)
        copy->pages[i]->ref_count++;
    }
  block_unref (self, block);

  return copy;
}

static guint
blocks_for (guint n_records)
{
  guint shift = FERMATA_PAGE_SHIFT + FERMATA_BLOCK_SHIFT;

  return (n_records >> shift) + ((n_records & ((1u << shift) - 1)) != 0);
}

void
fermata_page_table_init (FermataPageTable       *self,
                         guint                   n_records,
                         guint                   record_size,
                         const FermataPageFuncs *funcs,
                         gconstpointer           funcs_data)
{
  self->funcs = funcs;
  self->funcs_data = funcs_data;
  self->n_records = n_records;
  self->record_size = record_size;
  self->n_blocks = blocks_for (n_records);
  self->block = NULL;
  self->blocks = self->n_blocks == 1 ? &self->block : g_new0 (FermataPageBlock *, self->n_blocks);
  self->n_copied = 0;
}

void
fermata_page_table_init_copy (FermataPageTable       *self,
                              const FermataPageTable *other)
{
  *self = *other;
  self->blocks = self->n_blocks == 1
                 ? &self->block
                 : g_memdup2 (other->blocks, other->n_blocks * sizeof (FermataPageBlock *));
  for (guint i = 0; i < self->n_blocks; i++)
    {
      if (self->blocks[i] != NULL)
        self->blocks[i]->ref_count++;
    }
}

void
fermata_page_table_clear (FermataPageTable *self)
{
  for (guint i = 0; i < self->n_blocks; i++)
    {
      if (self->blocks[i] != NULL)
        block_unref (self, self->blocks[i]);
    }
  if (self->blocks != &self->block)
    g_free (self->blocks);
  self->block = NULL;
  self->blocks = NULL;
  self->n_blocks = 0;
}

static void
own_block (FermataPageTable  *self,
           FermataPageBlock **block,
           guint              index)
{
  if (*block != NULL && (*block)->ref_count == 1)
    return;

  *block = *block == NULL ? block_new (self, index) : block_copy (self, *block);
  self->n_copied += block_size ((*block)->n_pages);
}

static void
own_page (FermataPageTable  *self,
          FermataPage      **page,
          guint              index)
{
  if (*page != NULL && (*page)->ref_count == 1)
    return;

  *page = *page == NULL ? page_new (self, index) : page_copy (self, *page);
  self->n_copied += page_size (self, (*page)->n_records);
}

/* The last block has to hold the pages that follow its own. */
static void
widen_block (FermataPageTable  *self,
             FermataPageBlock **block,
             guint              n_pages)
{
  guint n_before = (*block)->n_pages;

  if ((*block)->ref_count > 1)
    *block = block_copy (self, *block);
  *block = g_realloc (*block, block_size (n_pages));
  memset ((*block)->pages + n_before, 0, (n_pages - n_before) * sizeof (FermataPage *));
  (*block)->n_pages = n_pages;
  self->n_copied += block_size (n_pages);
}

/* There are more blocks, which nobody has written. */
static void
resize (FermataPageTable *self,
        guint             n_blocks)
{
  FermataPageBlock **blocks;

  if (n_blocks == self->n_blocks)
    return;

  blocks = g_new0 (FermataPageBlock *, n_blocks);
  memcpy (blocks, self->blocks, self->n_blocks * sizeof (FermataPageBlock *));
  if (self->blocks != &self->block)
    g_free (self->blocks);
  self->block = NULL;
  self->blocks = blocks;
  self->n_blocks = n_blocks;
}

void
fermata_page_table_grow (FermataPageTable *self,
                         guint             n_records)
{
  guint n_blocks = blocks_for (n_records);
  guint n_pages = ((n_records - 1) >> FERMATA_PAGE_SHIFT) + 1;
  guint last = self->n_blocks - 1;

  g_return_if_fail (self->n_records > 0 && self->n_records % FERMATA_PAGE_RECORDS == 0);
  g_return_if_fail (n_records >= self->n_records);

  n_pages = MIN (n_pages - (last << FERMATA_BLOCK_SHIFT), FERMATA_BLOCK_PAGES);
  if (self->blocks[last] != NULL && self->blocks[last]->n_pages < n_pages)
    widen_block (self, &self->blocks[last], n_pages);
  resize (self, n_blocks);
  self->n_records = n_records;
}

gpointer
fermata_page_table_write_slow (FermataPageTable *self,
                               guint             index)
{
  FermataPageBlock **block = &self->blocks[index >> (FERMATA_PAGE_SHIFT + FERMATA_BLOCK_SHIFT)];
  FermataPage **page;

  own_block (self, block, index);
  page = &(*block)->pages[(index >> FERMATA_PAGE_SHIFT) & (FERMATA_BLOCK_PAGES - 1)];
  own_page (self, page, index);

  return (guint8 *) (*page)->data + (index & (FERMATA_PAGE_RECORDS - 1)) * self->record_size;
}

/* A page that nobody wrote equals one that was written with what it began as. */
static gboolean
pages_equal (const FermataPageTable *table,
             FermataPage            *a,
             FermataPage            *b,
             guint                   first,
             gboolean              (*equal) (gconstpointer a,
                                             gconstpointer b))
{
  FermataPage *fresh_a = a == NULL ? page_new (table, first) : NULL;
  FermataPage *fresh_b = b == NULL ? page_new (table, first) : NULL;
  const guint8 *data_a = (const guint8 *) (a != NULL ? a : fresh_a)->data;
  const guint8 *data_b = (const guint8 *) (b != NULL ? b : fresh_b)->data;
  gboolean result = TRUE;

  for (guint i = 0; result && i < page_capacity (table, first); i++)
    result = equal (data_a + i * table->record_size, data_b + i * table->record_size);

  if (fresh_a != NULL)
    page_unref (table, fresh_a);
  if (fresh_b != NULL)
    page_unref (table, fresh_b);

  return result;
}

gboolean
fermata_page_table_equal (const FermataPageTable *a,
                          const FermataPageTable *b,
                          gboolean              (*equal) (gconstpointer a,
                                                          gconstpointer b))
{
  if (a->n_records != b->n_records || a->record_size != b->record_size)
    return FALSE;

  for (guint first = 0; first < a->n_records; first += FERMATA_PAGE_RECORDS)
    {
      FermataPage *page_a = fermata_page_table_find_page (a, first);
      FermataPage *page_b = fermata_page_table_find_page (b, first);

      if (page_a != page_b && !pages_equal (a, page_a, page_b, first, equal))
        return FALSE;
    }

  return TRUE;
}
