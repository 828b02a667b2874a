/* fermata-index-set.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/moment/fermata-index-set-private.h"

#define WORD_SHIFT 6
#define WORD_MASK 63u

static guint64
read_word (const FermataIndexSet *self,
           guint                  level,
           guint                  index)
{
  const guint64 *word;

  if (level + 1 == self->n_levels)
    return self->top;

  word = fermata_page_table_peek (self->words, self->offsets[level] + index);

  return word == NULL ? 0 : *word;
}

static guint64 *
write_word (FermataIndexSet *self,
            guint            level,
            guint            index)
{
  if (level + 1 == self->n_levels)
    return &self->top;

  return fermata_page_table_write (self->words, self->offsets[level] + index);
}

void
fermata_index_set_init (FermataIndexSet *self,
                        guint            bound)
{
  guint n_words = bound / 64 + (bound % 64 != 0);
  guint total = 0;

  self->top = 0;
  self->n_levels = 0;
  self->n_members = 0;
  for (; n_words > 1; n_words = n_words / 64 + (n_words % 64 != 0))
    {
      self->offsets[self->n_levels++] = total;
      total += n_words;
    }
  self->offsets[self->n_levels++] = total;

  g_assert (self->n_levels <= FERMATA_INDEX_SET_LEVELS);
  self->words = total == 0 ? NULL : g_new (FermataPageTable, 1);
  if (self->words != NULL)
    fermata_page_table_init (self->words, total, sizeof (guint64), NULL, NULL);
}

void
fermata_index_set_init_copy (FermataIndexSet       *self,
                             const FermataIndexSet *other)
{
  *self = *other;
  if (other->words == NULL)
    return;

  self->words = g_new (FermataPageTable, 1);
  fermata_page_table_init_copy (self->words, other->words);
}

void
fermata_index_set_clear (FermataIndexSet *self)
{
  if (self->words != NULL)
    fermata_page_table_clear (self->words);
  g_clear_pointer (&self->words, g_free);
  self->top = 0;
  self->n_members = 0;
}

gboolean
fermata_index_set_contains (const FermataIndexSet *self,
                            guint                  index)
{
  return self->n_members > 0
         && (read_word (self, 0, index >> WORD_SHIFT) >> (index & WORD_MASK) & 1) != 0;
}

void
fermata_index_set_add (FermataIndexSet *self,
                       guint            index)
{
  if (fermata_index_set_contains (self, index))
    return;

  self->n_members++;
  for (guint level = 0; level < self->n_levels; level++)
    {
      guint64 *word = write_word (self, level, index >> WORD_SHIFT);
      guint64 before = *word;

      *word |= G_GUINT64_CONSTANT (1) << (index & WORD_MASK);
      if (before != 0)
        return;
      index >>= WORD_SHIFT;
    }
}

void
fermata_index_set_remove (FermataIndexSet *self,
                          guint            index)
{
  if (!fermata_index_set_contains (self, index))
    return;

  self->n_members--;
  for (guint level = 0; level < self->n_levels; level++)
    {
      guint64 *word = write_word (self, level, index >> WORD_SHIFT);

      *word &= ~(G_GUINT64_CONSTANT (1) << (index & WORD_MASK));
      if (*word != 0)
        return;
      index >>= WORD_SHIFT;
    }
}

/* Down from @level, along the lowest bits. */
static guint
descend (const FermataIndexSet *self,
         guint                  level,
         guint                  index)
{
  while (level-- > 0)
    index = (index << WORD_SHIFT) + __builtin_ctzll (read_word (self, level, index));

  return index;
}

guint
fermata_index_set_next (const FermataIndexSet *self,
                        guint                  from)
{
  guint index = from;

  if (self->n_members == 0)
    return FERMATA_INDEX_NONE;

  for (guint level = 0; level < self->n_levels; level++)
    {
      guint n_words = level + 1 < self->n_levels ? self->offsets[level + 1] - self->offsets[level] : 1;
      guint word_index = index >> WORD_SHIFT;
      guint64 word;

      if (word_index >= n_words)
        return FERMATA_INDEX_NONE;

      word = read_word (self, level, word_index) & (G_MAXUINT64 << (index & WORD_MASK));
      if (word != 0)
        return descend (self, level, (word_index << WORD_SHIFT) + __builtin_ctzll (word));
      index = word_index + 1;
    }

  return FERMATA_INDEX_NONE;
}

static gboolean
words_equal (gconstpointer a,
             gconstpointer b)
{
  return *(const guint64 *) a == *(const guint64 *) b;
}

gboolean
fermata_index_set_equal (const FermataIndexSet *a,
                         const FermataIndexSet *b)
{
  return a->n_members == b->n_members && a->top == b->top
         && (a->words == NULL) == (b->words == NULL)
         && (a->words == NULL || fermata_page_table_equal (a->words, b->words, words_equal));
}

guint64
fermata_index_set_get_n_copied (const FermataIndexSet *self)
{
  return self->words == NULL ? 0 : self->words->n_copied;
}
