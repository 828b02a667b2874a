/* fermata-spool.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/history/fermata-spool-private.h"

#include <string.h>

#include "engine/history/fermata-spool-disk-private.h"

/* So much more than the tail may gather before the oldest goes to disk, so
 * that a process that prints line by line does not cost a write a line. */
#define SLACK 16384

/* Where the spool's bytes from `offset` on are in the file. */
typedef struct {
  guint64 offset;
  guint64 place;
  guint64 length;
} Extent;

/* The first `spilled` bytes are on disk, in the extents, which are in order
 * and without gaps; the `size` bytes after them are in memory. There is a disk
 * once something was spilled. */
struct _FermataSpool {
  gatomicrefcount ref_count;
  guint8 *memory;
  gsize size;
  gsize capacity;
  guint64 spilled;
  GArray *extents;
  FermataSpoolDisk *disk;
};

/* fermata_spool_new:
 *
 * Returns: (transfer full): an empty spool, which costs neither buffer nor file
 */
FermataSpool *
fermata_spool_new (void)
{
  FermataSpool *self = g_new0 (FermataSpool, 1);

  g_atomic_ref_count_init (&self->ref_count);

  return self;
}

FermataSpool *
fermata_spool_ref (FermataSpool *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

static void
release_disk (FermataSpool *self)
{
  for (guint i = 0; self->extents != NULL && i < self->extents->len; i++)
    {
      const Extent *extent = &g_array_index (self->extents, Extent, i);

      fermata_spool_disk_discard (self->disk, extent->place, extent->length);
    }

  g_clear_pointer (&self->extents, g_array_unref);
  g_clear_pointer (&self->disk, fermata_spool_disk_release);
}

void
fermata_spool_unref (FermataSpool *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  release_disk (self);
  g_free (self->memory);
  g_free (self);
}

static void
add_extent (FermataSpool *self,
            guint64       place,
            gsize         length)
{
  Extent extent = { self->spilled, place, length };
  Extent *last;

  if (self->extents == NULL)
    self->extents = g_array_new (FALSE, FALSE, sizeof (Extent));

  last = self->extents->len > 0
         ? &g_array_index (self->extents, Extent, self->extents->len - 1)
         : NULL;

  if (last != NULL && last->place + last->length == place)
    last->length += length;
  else
    g_array_append_val (self->extents, extent);

  self->spilled += length;
}

/* Puts the oldest bytes on disk: from memory, then from what is being added.
 * On failure nothing has changed. */
static gboolean
spill (FermataSpool  *self,
       gsize          from_memory,
       const guint8  *data,
       gsize          from_data,
       GError       **error)
{
  guint64 place;

  if (self->disk == NULL && !(self->disk = fermata_spool_disk_acquire (error)))
    return FALSE;

  if (!fermata_spool_disk_write (self->disk, self->memory, from_memory,
                                 data, from_data, &place, error))
    return FALSE;

  add_extent (self, place, from_memory + from_data);
  self->size -= from_memory;
  if (self->size > 0)
    memmove (self->memory, self->memory + from_memory, self->size);

  return TRUE;
}

static void
keep (FermataSpool *self,
      const guint8 *data,
      gsize         length)
{
  if (self->size + length > self->capacity)
    {
      gsize wanted = MAX (self->size + length, 2 * self->capacity);

      self->capacity = MIN (wanted, FERMATA_SPOOL_TAIL + SLACK);
      self->memory = g_realloc (self->memory, self->capacity);
    }

  memcpy (self->memory + self->size, data, length);
  self->size += length;
}

/* fermata_spool_append:
 * @data: (array length=length): what was printed
 *
 * Adds bytes at the end. All of them or, with an error of the domain
 * G_IO_ERROR (a full disk, most likely), none.
 */
gboolean
fermata_spool_append (FermataSpool   *self,
                      gconstpointer   data,
                      gsize           length,
                      GError        **error)
{
  const guint8 *bytes = data;
  gsize excess, from_memory;

  g_return_val_if_fail (self != NULL, FALSE);

  if (length == 0)
    return TRUE;

  if (length > FERMATA_SPOOL_TAIL + SLACK - self->size)
    {
      excess = self->size + length - FERMATA_SPOOL_TAIL;
      from_memory = MIN (excess, self->size);
      if (!spill (self, from_memory, bytes, excess - from_memory, error))
        return FALSE;

      bytes += excess - from_memory;
      length -= excess - from_memory;
    }

  keep (self, bytes, length);
  return TRUE;
}

guint64
fermata_spool_get_length (FermataSpool *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->spilled + self->size;
}

/* The extent that holds @offset, which is on disk. */
static guint
find_extent (FermataSpool *self,
             guint64       offset)
{
  guint low = 0, high = self->extents->len;

  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->extents, Extent, middle).offset <= offset)
        low = middle;
      else
        high = middle;
    }

  return low;
}

static gboolean
read_disk (FermataSpool  *self,
           guint64        offset,
           guint8        *data,
           gsize          length,
           GError       **error)
{
  if (length == 0)
    return TRUE;

  for (guint i = find_extent (self, offset); length > 0; i++)
    {
      const Extent *extent = &g_array_index (self->extents, Extent, i);
      guint64 skip = offset - extent->offset;
      gsize n = MIN (length, extent->length - skip);

      if (!fermata_spool_disk_read (self->disk, extent->place + skip, data, n, error))
        return FALSE;

      offset += n;
      data += n;
      length -= n;
    }

  return TRUE;
}

/* fermata_spool_read:
 *
 * Reads back. What lies past the end is left out, so the result may be shorter
 * than asked for, and empty.
 *
 * Returns: (transfer full) (nullable): the bytes, or NULL with an error of the
 *   domain G_IO_ERROR
 */
GBytes *
fermata_spool_read (FermataSpool  *self,
                    guint64        offset,
                    gsize          length,
                    GError       **error)
{
  g_autofree guint8 *data = NULL;
  guint64 total;
  gsize on_disk;

  g_return_val_if_fail (self != NULL, NULL);

  total = fermata_spool_get_length (self);
  offset = MIN (offset, total);
  length = MIN (length, total - offset);

  data = g_try_malloc (MAX (length, 1));
  if (data == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE,
                   "%" G_GSIZE_FORMAT " bytes do not fit in memory", length);
      return NULL;
    }

  on_disk = offset < self->spilled ? MIN (length, self->spilled - offset) : 0;
  if (!read_disk (self, offset, data, on_disk, error))
    return NULL;

  if (length > on_disk)
    memcpy (data + on_disk,
            self->memory + (offset + on_disk - self->spilled),
            length - on_disk);

  return g_bytes_new_take (g_steal_pointer (&data), length);
}

/* fermata_spool_peek_tail:
 *
 * Reads the last bytes from memory: at least the last FERMATA_SPOOL_TAIL of
 * them, or as many as there are.
 *
 * Returns: (transfer full): the last @length bytes, or fewer
 */
GBytes *
fermata_spool_peek_tail (FermataSpool *self,
                         gsize         length)
{
  g_return_val_if_fail (self != NULL, NULL);

  length = MIN (length, self->size);

  return g_bytes_new (self->size > 0 ? self->memory + (self->size - length) : NULL, length);
}

/* A terminal's control sequence at @text, by ECMA-48: its length, or 0. */
static gsize
control_sequence_length (const char *text)
{
  const char *p = text + 2;

  if (text[0] != '\033' || text[1] == '\0')
    return text[0] == '\033';

  switch (text[1])
    {
    case '[':
      while (*p >= 0x20 && *p <= 0x3f)
        p++;
      return p - text + (*p >= 0x40 && *p <= 0x7e);

    case ']':
      while (*p != '\0' && *p != '\a' && *p != '\033')
        p++;
      return p - text + (*p == '\a' ? 1 : p[0] == '\033' && p[1] == '\\' ? 2 : 0);

    default:
      for (p = text + 1; *p >= 0x20 && *p <= 0x2f;)
        p++;
      return p - text + (*p >= 0x30 && *p <= 0x7e);
    }
}

/* What of @line may be shown: no colours, no moving of the cursor, and not
 * more than @max_chars, the last of which is an ellipsis then. */
static char *
clean_line (const char *line,
            guint       max_chars)
{
  GString *clean = g_string_new (NULL);
  gsize before_last = 0;
  guint n_chars = 0;

  while (*line != '\0')
    {
      gunichar c = g_utf8_get_char (line);
      gsize skip = control_sequence_length (line);

      if (c == '\t')
        c = ' ';
      line = skip > 0 ? line + skip : g_utf8_next_char (line);
      if (skip > 0 || g_unichar_iscntrl (c))
        continue;

      if (n_chars == max_chars)
        {
          g_string_truncate (clean, before_last);
          g_string_append (clean, "…");
          break;
        }

      before_last = clean->len;
      g_string_append_unichar (clean, c);
      n_chars++;
    }

  return g_strchomp (g_string_free (clean, FALSE));
}

/* fermata_spool_dup_last_line:
 * @max_chars: how long the result may be, at least 1
 *
 * Gets the last line that shows anything, for a display of progress. A
 * carriage return ends a line too, as it does for progress bars. Invalid UTF-8
 * and control characters never come through.
 *
 * Returns: (transfer full): one line of valid UTF-8, empty if there is none in
 *   the last 4 KB
 */
char *
fermata_spool_dup_last_line (FermataSpool *self,
                             guint         max_chars)
{
  g_autoptr (GBytes) tail = NULL;
  g_autofree char *text = NULL;
  gconstpointer data;
  gsize length;
  char *end;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (max_chars > 0, NULL);

  tail = fermata_spool_peek_tail (self, 4096);
  data = g_bytes_get_data (tail, &length);
  text = length > 0 ? g_utf8_make_valid (data, length) : g_strdup ("");

  for (end = text + strlen (text); end > text;)
    {
      g_autofree char *line = NULL;

      *end = '\0';
      while (end > text && end[-1] != '\n' && end[-1] != '\r')
        end--;

      line = clean_line (end, max_chars);
      if (*line != '\0')
        return g_steal_pointer (&line);
      if (end > text)
        end--;
    }

  return g_strdup ("");
}
