/* fermata-page-table-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * A page table is an array of records that can be copied for next to nothing.
 *
 *     table -> top [ceil (n / 32768)] -> block [512 pages] -> page [64 records]
 *
 * A copy shares every block; a write copies the block and the page that it
 * touches, unless they are its own already. What has never been written does
 * not exist: such records are read from, and pages begin as, what the table's
 * functions say.
 *
 * Invariant: a block or page with one reference belongs to one table alone
 * and may be written in place; with more it is immutable. Counts are plain
 * integers: tables belong to the thread of their run.
 */

/**
 * FermataPageFuncs:
 * @begin: (nullable): fills in @n_records fresh (zeroed) records from @first
 *   on; must give the same each time
 * @ref: (nullable): takes the references that @n_records copied records hold
 * @unref: (nullable): drops them
 *
 * What the records of a table are.
 */
typedef struct {
  void (*begin) (gpointer      records,
                 guint         first,
                 guint         n_records,
                 gconstpointer data);
  void (*ref)   (gpointer      records,
                 guint         n_records);
  void (*unref) (gpointer      records,
                 guint         n_records);
} FermataPageFuncs;

#define FERMATA_PAGE_SHIFT 6
#define FERMATA_PAGE_RECORDS (1u << FERMATA_PAGE_SHIFT)
#define FERMATA_BLOCK_SHIFT 9
#define FERMATA_BLOCK_PAGES (1u << FERMATA_BLOCK_SHIFT)

typedef struct {
  guint ref_count;
  guint n_records;
  guint64 data[];
} FermataPage;

typedef struct {
  guint ref_count;
  guint n_pages;
  FermataPage *pages[];
} FermataPageBlock;

/* Where there is one block, @blocks is the address of @block: so a table may not be
 * moved, but by fermata_page_table_init_copy (). @n_copied is how many bytes of blocks and pages were made or copied so that
 * this table could be written: what copies of it cost is the difference. A copy
 * goes on counting from there. */
typedef struct {
  const FermataPageFuncs *funcs;
  gconstpointer funcs_data;
  guint n_records;
  guint record_size;
  guint n_blocks;
  FermataPageBlock **blocks;
  FermataPageBlock *block;
  guint64 n_copied;
} FermataPageTable;

void     fermata_page_table_init           (FermataPageTable       *self,
                                            guint                   n_records,
                                            guint                   record_size,
                                            const FermataPageFuncs *funcs,
                                            gconstpointer           funcs_data);
void     fermata_page_table_init_copy      (FermataPageTable       *self,
                                            const FermataPageTable *other);
void     fermata_page_table_clear          (FermataPageTable       *self);

/* Records follow; so far there must be whole pages of them. */
void     fermata_page_table_grow           (FermataPageTable       *self,
                                            guint                   n_records);

gpointer fermata_page_table_write_slow     (FermataPageTable       *self,
                                            guint                   index);
gboolean fermata_page_table_equal          (const FermataPageTable *a,
                                            const FermataPageTable *b,
                                            gboolean              (*equal) (gconstpointer a,
                                                                            gconstpointer b));

static inline FermataPage *
fermata_page_table_find_page (const FermataPageTable *self,
                              guint                   index)
{
  const FermataPageBlock *block = self->blocks[index >> (FERMATA_PAGE_SHIFT + FERMATA_BLOCK_SHIFT)];

  if (block == NULL)
    return NULL;

  return block->pages[(index >> FERMATA_PAGE_SHIFT) & (FERMATA_BLOCK_PAGES - 1)];
}

/* The record at @index if its page exists, else NULL: it is as it began. */
static inline gconstpointer
fermata_page_table_peek (const FermataPageTable *self,
                         guint                   index)
{
  const FermataPage *page = fermata_page_table_find_page (self, index);

  if (page == NULL)
    return NULL;

  return (const guint8 *) page->data + (index & (FERMATA_PAGE_RECORDS - 1)) * self->record_size;
}

/* The record at @index, to be written: valid until the table is copied. */
static inline gpointer
fermata_page_table_write (FermataPageTable *self,
                          guint             index)
{
  FermataPageBlock *block = self->blocks[index >> (FERMATA_PAGE_SHIFT + FERMATA_BLOCK_SHIFT)];
  FermataPage *page;

  if (block == NULL || block->ref_count > 1)
    return fermata_page_table_write_slow (self, index);

  page = block->pages[(index >> FERMATA_PAGE_SHIFT) & (FERMATA_BLOCK_PAGES - 1)];
  if (page == NULL || page->ref_count > 1)
    return fermata_page_table_write_slow (self, index);

  return (guint8 *) page->data + (index & (FERMATA_PAGE_RECORDS - 1)) * self->record_size;
}

G_END_DECLS
