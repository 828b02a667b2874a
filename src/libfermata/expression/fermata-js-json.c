/* fermata-js-json.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "expression/fermata-js-json-private.h"

#include "value/fermata-value-writer.h"

typedef struct {
  FermataValue *container;
  gsize index;
} Frame;

gboolean
fermata_js_is_safe_integer (gint64 integer)
{
  return integer >= -FERMATA_JS_MAX_SAFE_INTEGER && integer <= FERMATA_JS_MAX_SAFE_INTEGER;
}

/* Whether it was one that needs a tag. */
static gboolean
write_tagged (FermataValue *value,
              GString      *text)
{
  FermataValueKind kind = fermata_value_get_kind (value);
  g_autoptr (FermataValue) inner = NULL;
  const char *number;
  gsize length;

  switch (kind)
    {
    case FERMATA_VALUE_KIND_INTEGER:
      if (fermata_js_is_safe_integer (fermata_value_get_integer (value)))
        return FALSE;
      g_string_append_printf (text, "\"\\u0001i%" G_GINT64_FORMAT "\"", fermata_value_get_integer (value));
      return TRUE;

    case FERMATA_VALUE_KIND_NUMBER:
      number = fermata_value_get_number_text (value);
      if (number == NULL)
        return FALSE;
      g_string_append_printf (text, "\"\\u0001n%s\"", number);
      return TRUE;

    case FERMATA_VALUE_KIND_STRING:
      number = fermata_value_get_string (value, &length);
      if (length == 0 || number[0] != '\001')
        return FALSE;
      g_string_append (text, "\"\\u0001s");
      inner = fermata_value_new_string (number, (gssize) length);
      length = text->len;
      fermata_value_append_string (inner, FERMATA_WRITE_COMPACT, 0, text);
      g_string_erase (text, (gssize) length, 1);
      return TRUE;

    default:
      return FALSE;
    }
}

static void
write_name (FermataValue *container,
            gsize         index,
            GString      *text)
{
  const char *name = fermata_value_get_member_name (container, index);
  g_autoptr (FermataValue) string = NULL;

  if (name == NULL)
    return;

  string = fermata_value_new_string (name, -1);
  fermata_value_append_string (string, FERMATA_WRITE_COMPACT, 0, text);
  g_string_append_c (text, ':');
}

static void
open_container (GArray       *stack,
                FermataValue *container,
                GString      *text)
{
  Frame frame = { container, 0 };

  g_string_append_c (text, fermata_value_get_kind (container) == FERMATA_VALUE_KIND_ARRAY ? '[' : '{');
  g_array_append_val (stack, frame);
}

static void
close_container (GArray  *stack,
                 GString *text)
{
  Frame *frame = &g_array_index (stack, Frame, stack->len - 1);

  g_string_append_c (text, fermata_value_get_kind (frame->container) == FERMATA_VALUE_KIND_ARRAY ? ']' : '}');
  g_array_set_size (stack, stack->len - 1);
}

static gboolean
write_member (GArray  *stack,
              GString *text)
{
  Frame *frame = &g_array_index (stack, Frame, stack->len - 1);
  gsize index = frame->index++;
  FermataValue *member = fermata_value_get_element (frame->container, index);
  FermataValueKind kind = fermata_value_get_kind (member);

  if (index > 0)
    g_string_append_c (text, ',');
  write_name (frame->container, index, text);

  if (kind == FERMATA_VALUE_KIND_ARRAY || kind == FERMATA_VALUE_KIND_OBJECT)
    open_container (stack, member, text);
  else if (write_tagged (member, text))
    return TRUE;
  else
    fermata_value_append_string (member, FERMATA_WRITE_COMPACT, 0, text);

  return FALSE;
}

char *
fermata_js_json_write (FermataValue *value,
                       gsize        *length,
                       gboolean     *tagged)
{
  g_autoptr (GArray) stack = g_array_new (FALSE, FALSE, sizeof (Frame));
  GString *text = g_string_new (NULL);

  *tagged = FALSE;
  open_container (stack, value, text);
  while (stack->len > 0)
    {
      Frame *frame = &g_array_index (stack, Frame, stack->len - 1);

      if (frame->index == fermata_value_get_length (frame->container))
        close_container (stack, text);
      else if (write_member (stack, text))
        *tagged = TRUE;
    }

  *length = text->len;
  return g_string_free (text, FALSE);
}

gboolean
fermata_js_is_true (FermataValue *value)
{
  double number;
  gsize length;

  switch (fermata_value_get_kind (value))
    {
    case FERMATA_VALUE_KIND_NULL:
      return FALSE;
    case FERMATA_VALUE_KIND_BOOLEAN:
      return fermata_value_get_boolean (value);
    case FERMATA_VALUE_KIND_INTEGER:
      return fermata_value_get_integer (value) != 0;
    case FERMATA_VALUE_KIND_NUMBER:
      number = fermata_value_get_number (value);
      return number != 0.0 || fermata_value_get_number_text (value) != NULL;
    case FERMATA_VALUE_KIND_STRING:
      fermata_value_get_string (value, &length);
      return length > 0;
    case FERMATA_VALUE_KIND_ARRAY:
    case FERMATA_VALUE_KIND_OBJECT:
    default:
      return TRUE;
    }
}
