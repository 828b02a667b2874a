/* fermata-http-chunks.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "services/fermata-http-head-private.h"

/* RFC 9112, section 7.1: `SIZE; extension CR LF bytes CR LF`, again and again, the last one
 * of size 0; then trailers, and an empty line. */
enum {
  SIZE,
  EXTENSION,
  SIZE_END,
  DATA,
  DATA_CR,
  DATA_LF,
  LINE, /* of trailers: at its beginning */
  TRAILER,
  TRAILER_END,
  LAST_END,
  ENDED,
};

/* So many hexadecimal digits no chunk needs. */
#define MAX_DIGITS 12

static gboolean
go_to (FermataHttpChunks *self,
       gboolean           may,
       guint              state)
{
  self->state = state;

  return may;
}

static gboolean
take_size (FermataHttpChunks *self,
           char               byte)
{
  if (g_ascii_isxdigit (byte))
    {
      self->left = self->left * 16 + (guint64) g_ascii_xdigit_value (byte);
      return ++self->n_digits <= MAX_DIGITS;
    }
  if (byte == '\r')
    return go_to (self, self->n_digits > 0, SIZE_END);

  return go_to (self, self->n_digits > 0 && (byte == ';' || byte == ' ' || byte == '\t'), EXTENSION);
}

static gboolean
end_size (FermataHttpChunks *self,
          char               byte)
{
  self->n_digits = 0;

  return go_to (self, byte == '\n', self->left > 0 ? DATA : LINE);
}

static gboolean
take (FermataHttpChunks *self,
      char               byte)
{
  switch (self->state)
    {
    case SIZE:
      return take_size (self, byte);

    case EXTENSION:
      return byte == '\r' ? go_to (self, TRUE, SIZE_END) : byte != '\n';

    case SIZE_END:
      return end_size (self, byte);

    case DATA_CR:
      return go_to (self, byte == '\r', DATA_LF);

    case DATA_LF:
      return go_to (self, byte == '\n', SIZE);

    case LINE:
      return go_to (self, byte != '\n', byte == '\r' ? LAST_END : TRAILER);

    case TRAILER:
      return byte == '\r' ? go_to (self, TRUE, TRAILER_END) : byte != '\n';

    case TRAILER_END:
      return go_to (self, byte == '\n', LINE);

    case LAST_END:
    default:
      return go_to (self, byte == '\n', ENDED);
    }
}

gboolean
fermata_http_chunks_go_on (FermataHttpChunks *self,
                           const char        *bytes,
                           gsize              length)
{
  const char *end = bytes + length;

  while (bytes < end && self->state != ENDED)
    {
      if (self->state == DATA)
        {
          gsize n = (gsize) MIN (self->left, (guint64) (end - bytes));

          self->left -= n;
          bytes += n;
          if (self->left == 0)
            self->state = DATA_CR;
        }
      else if (!take (self, *bytes++))
        return FALSE;
    }

  return TRUE;
}

gboolean
fermata_http_chunks_ended (FermataHttpChunks *self)
{
  return self->state == ENDED;
}
