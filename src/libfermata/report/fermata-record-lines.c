/* fermata-record-lines.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "report/fermata-record-private.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "format/fermata-file-private.h"

#define PIECE 65536

/* Invariant: what is before @start has been given out; there is no line break
 * between @start and @searched. */
void
fermata_record_lines_init (FermataRecordLines *self,
                           int                 fd,
                           const char         *name)
{
  *self = (FermataRecordLines) { .fd = fd, .name = name, .buffer = g_string_new (NULL) };
}

void
fermata_record_lines_clear (FermataRecordLines *self)
{
  g_string_free (self->buffer, TRUE);
}

static gboolean
read_more (FermataRecordLines  *self,
           GError             **error)
{
  gsize length;
  gssize n;

  g_string_erase (self->buffer, 0, self->start);
  self->searched -= self->start;
  self->start = 0;

  /* As much again as there is, so that a long line is not moved for each piece. */
  length = self->buffer->len;
  g_string_set_size (self->buffer, length + MAX (length, PIECE));
  do
    n = read (self->fd, self->buffer->str + length, self->buffer->len - length);
  while (n < 0 && errno == EINTR);
  g_string_set_size (self->buffer, length + MAX (n, 0));
  if (n < 0)
    fermata_file_set_error (error, self->name, errno);
  self->is_at_end = n <= 0;

  return n > 0;
}

const char *
fermata_record_lines_next (FermataRecordLines  *self,
                           gsize               *length,
                           GError             **error)
{
  const char *line, *end;

  for (;;)
    {
      end = memchr (self->buffer->str + self->searched, '\n', self->buffer->len - self->searched);
      if (end != NULL)
        break;
      self->searched = self->buffer->len;
      if (self->is_at_end || !read_more (self, error))
        return NULL;
    }

  line = self->buffer->str + self->start;
  *length = end - line;
  self->start = self->searched = end + 1 - self->buffer->str;
  self->number++;

  return line;
}

gboolean
fermata_record_lines_is_torn (FermataRecordLines *self)
{
  return self->is_at_end && self->start < self->buffer->len;
}
