/* fermata-value-writer.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "value/fermata-decimal-private.h"
#include "value/fermata-utf8-private.h"
#include "value/fermata-value-private.h"
#include "value/fermata-value-writer.h"

#define LINE_WIDTH 100

/* A container that is open. */
typedef struct {
  FermataValue *value;
  guint32 next;                 /* slot to be written */
  guint32 n_slots;
} Frame;

/* Bytes at the end of the buffer that the caller fills and counts. */
static inline char *
reserve (GString *buffer,
         gsize    n_bytes)
{
  gsize length = buffer->len;

  if (length + n_bytes >= buffer->allocated_len)
    {
      g_string_set_size (buffer, length + n_bytes);
      buffer->len = length;
    }
  return buffer->str + length;
}

static inline void
put (GString    *buffer,
     const char *text,
     gsize       length)
{
  memcpy (reserve (buffer, length), text, length);
  buffer->len += length;
}

static inline void
put_char (GString *buffer,
          char     character)
{
  *reserve (buffer, 1) = character;
  buffer->len++;
}

static void
put_spaces (GString *buffer,
            gsize    n_spaces)
{
  memset (reserve (buffer, n_spaces), ' ', n_spaces);
  buffer->len += n_spaces;
}

static void
put_line (GString *buffer,
          gsize    indent)
{
  put_char (buffer, '\n');
  put_spaces (buffer, indent);
}

static void
put_escape (GString *buffer,
            guint8   byte)
{
  static const char short_escapes[] = {
    ['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r',
    ['"'] = '"', ['\\'] = '\\',
  };
  static const char hex[] = "0123456789abcdef";
  char escape[] = { '\\', 'u', '0', '0', hex[byte >> 4], hex[byte & 15] };

  if (byte >= sizeof short_escapes || short_escapes[byte] == '\0')
    {
      put (buffer, escape, sizeof escape);
      return;
    }
  escape[1] = short_escapes[byte];
  put (buffer, escape, 2);
}

static void
put_string (GString    *buffer,
            const char *string,
            gsize       length)
{
  const char *end = string + length;
  const char *begin = string;

  put_char (buffer, '"');
  for (;;)
    {
      string = fermata_utf8_skip_plain (begin, end, FALSE);
      put (buffer, begin, (gsize) (string - begin));
      if (string == end)
        break;
      put_escape (buffer, (guint8) *string);
      begin = string + 1;
    }
  put_char (buffer, '"');
}

static void
put_number (GString      *buffer,
            FermataValue *value)
{
  const char *text = fermata_value_get_number_text (value);

  if (text != NULL)
    put (buffer, text, strlen (text));
  else
    buffer->len += fermata_decimal_print_double (fermata_value_get_number (value),
                                                 reserve (buffer, FERMATA_DECIMAL_MAX_LENGTH));
}

/* Whatever is not a container with something in it. */
static void
put_scalar (GString      *buffer,
            FermataValue *value)
{
  const char *string;
  gsize length;

  switch (fermata_value_get_kind (value))
    {
    case FERMATA_VALUE_KIND_NULL:
      put (buffer, "null", 4);
      break;
    case FERMATA_VALUE_KIND_BOOLEAN:
      if (fermata_value_get_boolean (value))
        put (buffer, "true", 4);
      else
        put (buffer, "false", 5);
      break;
    case FERMATA_VALUE_KIND_INTEGER:
      buffer->len += fermata_decimal_print_integer (fermata_value_get_integer (value),
                                                    reserve (buffer, FERMATA_DECIMAL_MAX_LENGTH));
      break;
    case FERMATA_VALUE_KIND_NUMBER:
      put_number (buffer, value);
      break;
    case FERMATA_VALUE_KIND_STRING:
      string = fermata_value_get_string (value, &length);
      put_string (buffer, string, length);
      break;
    case FERMATA_VALUE_KIND_ARRAY:
      put (buffer, "[]", 2);
      break;
    case FERMATA_VALUE_KIND_OBJECT:
      put (buffer, "{}", 2);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
put_name (GString     *buffer,
          const Frame *frame,
          const char  *colon)
{
  const FermataKey *key;

  if (fermata_value_get_tag (frame->value) != FERMATA_TAG_OBJECT)
    return;
  key = fermata_value_get_key (frame->value, frame->next);
  put_string (buffer, key->text, key->length);
  put (buffer, colon, strlen (colon));
}

static Frame
open_container (GString      *buffer,
                FermataValue *value)
{
  put_char (buffer, fermata_value_get_tag (value) == FERMATA_TAG_OBJECT ? '{' : '[');
  return (Frame) { value, 0, fermata_value_get_n_slots (value) };
}

static void
close_container (GString     *buffer,
                 const Frame *frame)
{
  put_char (buffer, fermata_value_get_tag (frame->value) == FERMATA_TAG_OBJECT ? '}' : ']');
}

static void
write_compact (GString      *buffer,
               FermataValue *value)
{
  g_autoptr (GArray) frames = g_array_new (FALSE, FALSE, sizeof (Frame));
  Frame top = { NULL, 0, 0 };

  for (;;)
    {
      if (fermata_value_is_container (value))
        {
          g_array_append_val (frames, top);
          top = open_container (buffer, value);
        }
      else
        {
          put_scalar (buffer, value);
        }

      while (top.value != NULL && top.next == top.n_slots)
        {
          close_container (buffer, &top);
          top = g_array_index (frames, Frame, frames->len - 1);
          g_array_set_size (frames, frames->len - 1);
        }
      if (top.value == NULL)
        return;
      if (top.next > 0)
        put_char (buffer, ',');
      put_name (buffer, &top, ":");
      value = fermata_value_get_slots (top.value)[top.next++];
    }
}

/* How much room the string takes at least, without looking at it. */
static gsize
get_least_width (gsize n_bytes)
{
  return n_bytes / 4 + 2;
}

/* The characters from @begin on. */
static gsize
get_width (const GString *buffer,
           gsize          begin)
{
  gsize width = 0;

  for (gsize i = begin; i < buffer->len; i++)
    width += ((guint8) buffer->str[i] & 0xc0) != 0x80;
  return width;
}

/* A value on one line. Looks no further than the room there is, so that trying
 * costs a constant: what does not fit is taken back. Nothing deeper than the
 * room fits either, which bounds the stack. */
static gboolean
try_line (GString      *buffer,
          FermataValue *value,
          gsize         room)
{
  const gsize begin = buffer->len;
  Frame frames[LINE_WIDTH + 1];
  Frame *top = frames;

  g_assert (room <= LINE_WIDTH);
  *top = (Frame) { NULL, 0, 0 };
  for (;;)
    {
      const char *string;
      gsize length = 0;

      string = fermata_value_get_string (value, &length);
      if (string != NULL && get_least_width (length) > room)
        break;
      if (fermata_value_is_container (value))
        {
          if (top - frames == LINE_WIDTH)
            break;
          *++top = open_container (buffer, value);
          if (fermata_value_get_tag (value) == FERMATA_TAG_OBJECT)
            put_char (buffer, ' ');
        }
      else
        {
          put_scalar (buffer, value);
        }

      while (top->value != NULL && top->next == top->n_slots)
        {
          if (fermata_value_get_tag (top->value) == FERMATA_TAG_OBJECT)
            put_char (buffer, ' ');
          close_container (buffer, top--);
        }
      if (buffer->len - begin > room && get_width (buffer, begin) > room)
        break;
      if (top->value == NULL)
        return TRUE;
      if (top->next > 0)
        put (buffer, ", ", 2);
      if (fermata_value_get_tag (top->value) == FERMATA_TAG_OBJECT &&
          get_least_width (fermata_value_get_key (top->value, top->next)->length) > room)
        break;
      put_name (buffer, top, ": ");
      value = fermata_value_get_slots (top->value)[top->next++];
    }
  buffer->len = begin;
  return FALSE;
}

/* How far the line that the buffer ends with has come, as far as it matters. */
static gsize
get_column (const GString *buffer)
{
  gsize begin = buffer->len;

  while (begin > 0 && buffer->str[begin - 1] != '\n' && buffer->len - begin < 4 * LINE_WIDTH)
    begin--;
  return get_width (buffer, begin);
}

/* @behind is the width of what will follow on the same line. */
static gboolean
put_on_line (GString      *buffer,
             FermataValue *value,
             gsize         behind)
{
  gsize used;

  if (!fermata_value_is_container (value))
    {
      put_scalar (buffer, value);
      return TRUE;
    }
  used = get_column (buffer) + behind;
  return used < LINE_WIDTH && try_line (buffer, value, LINE_WIDTH - used);
}

static void
write_pretty (GString      *buffer,
              FermataValue *value,
              gsize         indent)
{
  g_autoptr (GArray) frames = g_array_new (FALSE, FALSE, sizeof (Frame));
  Frame top = { NULL, 0, 0 };

  for (;;)
    {
      gboolean is_last = top.next == top.n_slots;

      if (!put_on_line (buffer, value, is_last ? 0 : 1))
        {
          g_array_append_val (frames, top);
          top = open_container (buffer, value);
          indent += 2;
        }

      while (top.value != NULL && top.next == top.n_slots)
        {
          indent -= 2;
          put_line (buffer, indent);
          close_container (buffer, &top);
          top = g_array_index (frames, Frame, frames->len - 1);
          g_array_set_size (frames, frames->len - 1);
        }
      if (top.value == NULL)
        return;
      if (top.next > 0)
        put_char (buffer, ',');
      put_line (buffer, indent);
      put_name (buffer, &top, ": ");
      value = fermata_value_get_slots (top.value)[top.next++];
    }
}

/**
 * fermata_value_append_string:
 * @self: a value
 * @flags: how to write
 * @indent: how many spaces the line that @buffer ends with is indented by, for
 *   the lines that follow; without meaning in compact form
 * @buffer: what to append to
 *
 * Writes a value behind other text, without a line feed at its end. What is
 * already on the last line of @buffer counts for what fits on a line.
 */
void
fermata_value_append_string (FermataValue      *self,
                             FermataWriteFlags  flags,
                             guint              indent,
                             GString           *buffer)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (buffer != NULL);

  if (flags & FERMATA_WRITE_PRETTY)
    write_pretty (buffer, self, indent);
  else
    write_compact (buffer, self);
  *reserve (buffer, 1) = '\0';
}

/**
 * fermata_value_to_string:
 * @self: a value
 * @flags: how to write
 * @length: (out) (optional): the bytes written, without the NUL
 *
 * Writes a value as JSON. Reading it back gives an equal value.
 *
 * Doubles are written as the shortest text that reads back the same, and
 * always with a point or an exponent. Characters beyond ASCII stay as they are.
 *
 * Returns: (transfer full): JSON, without a line feed at its end
 */
char *
fermata_value_to_string (FermataValue      *self,
                         FermataWriteFlags  flags,
                         gsize             *length)
{
  GString *buffer;

  g_return_val_if_fail (self != NULL, NULL);

  buffer = g_string_new (NULL);
  fermata_value_append_string (self, flags, 0, buffer);
  if (length != NULL)
    *length = buffer->len;
  return g_string_free (buffer, FALSE);
}
