/* fermata-line-index.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "value/fermata-line-index-private.h"

#define BLOCK_SIZE ((gsize) 1024)

typedef struct {
  guint line;
  guint column;
} Mark;

/* marks[i] is the place of the byte i * BLOCK_SIZE. */
struct _FermataLineIndex {
  const char *text;
  gsize length;
  Mark marks[];
};

/* Columns count characters: bytes that begin one. */
static inline void
advance (Mark       *mark,
         const char *from,
         const char *to)
{
  for (; from < to; from++)
    {
      if (*from == '\n')
        {
          mark->line++;
          mark->column = 1;
        }
      else
        {
          mark->column += ((guint8) *from & 0xc0) != 0x80;
        }
    }
}

FermataLineIndex *
fermata_line_index_new (const char *text,
                        gsize       length)
{
  gsize n_marks = length / BLOCK_SIZE + 1;
  FermataLineIndex *self = g_malloc (sizeof *self + n_marks * sizeof *self->marks);
  Mark mark = { 1, 1 };

  self->text = text;
  self->length = length;
  for (gsize i = 0; i < n_marks; i++)
    {
      self->marks[i] = mark;
      if (i + 1 < n_marks)
        advance (&mark, text + i * BLOCK_SIZE, text + (i + 1) * BLOCK_SIZE);
    }
  return self;
}

void
fermata_line_index_free (FermataLineIndex *self)
{
  g_free (self);
}

void
fermata_line_index_locate (const FermataLineIndex *self,
                           gsize                   offset,
                           FermataTextPosition    *position)
{
  Mark mark;

  offset = MIN (offset, self->length);
  mark = self->marks[offset / BLOCK_SIZE];
  advance (&mark, self->text + offset / BLOCK_SIZE * BLOCK_SIZE, self->text + offset);
  *position = (FermataTextPosition) { offset, mark.line, mark.column };
}

void
fermata_text_locate (const char          *text,
                     gsize                offset,
                     FermataTextPosition *position)
{
  Mark mark = { 1, 1 };

  advance (&mark, text, text + offset);
  *position = (FermataTextPosition) { offset, mark.line, mark.column };
}
