/* fermata-http-form.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "services/fermata-http-form-private.h"

#include <string.h>

#include "value/fermata-utf8-private.h"
#include "value/fermata-value-private.h"

/* All the values of one name. */
typedef struct {
  GBytes *name;
  GPtrArray *values; /* FermataValue */
} Parameter;

struct _FermataHttpForm {
  GPtrArray *parameters; /* in the order of their first occurrence */
  GHashTable *by_name;   /* GBytes to Parameter, both of @parameters */
};

static void
parameter_free (Parameter *self)
{
  g_bytes_unref (self->name);
  g_ptr_array_unref (self->values);
  g_free (self);
}

FermataHttpForm *
fermata_http_form_new (void)
{
  FermataHttpForm *self = g_new0 (FermataHttpForm, 1);

  self->parameters = g_ptr_array_new_with_free_func ((GDestroyNotify) parameter_free);
  self->by_name = g_hash_table_new (g_bytes_hash, g_bytes_equal);

  return self;
}

void
fermata_http_form_free (FermataHttpForm *self)
{
  g_hash_table_unref (self->by_name);
  g_ptr_array_unref (self->parameters);
  g_free (self);
}

/* --- Reading ------------------------------------------------------------- */

/* The bytes that a piece of a form stands for, at most as many as it has itself. */
static GBytes *
unescape (const char *text,
          const char *end)
{
  char *bytes = g_malloc ((gsize) (end - text) + 1);
  gsize length = 0;

  while (text < end)
    {
      if (*text == '%' && end - text >= 3 && g_ascii_isxdigit (text[1]) &&
          g_ascii_isxdigit (text[2]))
        {
          bytes[length++] = (char) (g_ascii_xdigit_value (text[1]) * 16 +
                                    g_ascii_xdigit_value (text[2]));
          text += 3;
        }
      else
        {
          bytes[length++] = *text == '+' ? ' ' : *text;
          text++;
        }
    }

  return g_bytes_new_take (bytes, length);
}

static gboolean
is_utf8 (GBytes *bytes)
{
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);

  return length == 0 || fermata_utf8_is_valid (text, length);
}

static void
add (FermataHttpForm *self,
     GBytes          *name,
     GBytes          *value)
{
  Parameter *parameter = g_hash_table_lookup (self->by_name, name);
  gsize length;
  const char *text = g_bytes_get_data (value, &length);

  if (parameter == NULL)
    {
      parameter = g_new0 (Parameter, 1);
      parameter->name = g_bytes_ref (name);
      parameter->values = g_ptr_array_new_with_free_func ((GDestroyNotify) fermata_value_unref);
      g_ptr_array_add (self->parameters, parameter);
      g_hash_table_insert (self->by_name, parameter->name, parameter);
    }
  g_ptr_array_add (parameter->values,
                   fermata_value_new_string (text == NULL ? "" : text, (gssize) length));
}

static gboolean
read_pair (FermataHttpForm *self,
           const char      *text,
           const char      *end)
{
  const char *equals = memchr (text, '=', (gsize) (end - text));
  g_autoptr (GBytes) name = unescape (text, equals == NULL ? end : equals);
  g_autoptr (GBytes) value = unescape (equals == NULL ? end : equals + 1, end);

  if (!is_utf8 (name) || !is_utf8 (value))
    return FALSE;

  add (self, name, value);

  return TRUE;
}

gboolean
fermata_http_form_read (FermataHttpForm *self,
                        const char      *text,
                        gsize            length)
{
  const char *end = text + length;

  while (text < end)
    {
      const char *stop = memchr (text, '&', (gsize) (end - text));

      if (stop == NULL)
        stop = end;
      if (stop > text && !read_pair (self, text, stop))
        return FALSE;
      text = stop + 1;
    }

  return TRUE;
}

/* --- What was read ------------------------------------------------------- */

guint
fermata_http_form_take (FermataHttpForm  *self,
                        const char       *name,
                        FermataValue    **value)
{
  g_autoptr (GBytes) key = g_bytes_new_static (name, strlen (name));
  Parameter *parameter = g_hash_table_lookup (self->by_name, key);
  guint n = 0;

  *value = NULL;
  if (parameter != NULL)
    {
      n = parameter->values->len;
      *value = fermata_value_ref (parameter->values->pdata[0]);
      g_hash_table_remove (self->by_name, key);
      g_ptr_array_remove (self->parameters, parameter);
    }

  return n;
}

gboolean
fermata_http_form_is_empty (FermataHttpForm *self)
{
  return self->parameters->len == 0;
}

static FermataValue *
dup_value (const Parameter *parameter)
{
  FermataValue *const *values = (FermataValue *const *) parameter->values->pdata;

  return parameter->values->len == 1 ? fermata_value_ref (values[0])
                                     : fermata_value_new_array (values, parameter->values->len);
}

FermataValue *
fermata_http_form_dup_object (FermataHttpForm *self)
{
  g_autoptr (FermataValueBuilder) object = fermata_value_builder_new_object ();

  for (guint i = 0; i < self->parameters->len; i++)
    {
      const Parameter *parameter = self->parameters->pdata[i];
      gsize length;
      const char *name = g_bytes_get_data (parameter->name, &length);

      fermata_value_builder_take_name (object, name == NULL ? "" : name, length,
                                       dup_value (parameter));
    }

  return fermata_value_builder_end (object);
}

/* --- Writing ------------------------------------------------------------- */

static void
append_byte (GString *text,
             char     byte)
{
  static const char digits[] = "0123456789ABCDEF";

  g_string_append_c (text, '%');
  g_string_append_c (text, digits[(guint8) byte >> 4]);
  g_string_append_c (text, digits[(guint8) byte & 15]);
}

static void
append_piece (GString    *text,
              const char *bytes,
              gsize       length)
{
  for (gsize i = 0; i < length; i++)
    {
      if (g_ascii_isalnum (bytes[i]) || (bytes[i] != '\0' && strchr ("*-._", bytes[i]) != NULL))
        g_string_append_c (text, bytes[i]);
      else if (bytes[i] == ' ')
        g_string_append_c (text, '+');
      else
        append_byte (text, bytes[i]);
    }
}

void
fermata_http_form_append (GString    *text,
                          const char *name,
                          gsize       name_length,
                          const char *value,
                          gsize       value_length)
{
  if (text->len > 0)
    g_string_append_c (text, '&');
  append_piece (text, name, name_length);
  g_string_append_c (text, '=');
  append_piece (text, value, value_length);
}

void
fermata_http_append_escaped (GString    *text,
                             const char *bytes,
                             gsize       length)
{
  for (gsize i = 0; i < length; i++)
    {
      if (g_ascii_isalnum (bytes[i]) || (bytes[i] != '\0' && strchr ("-._~", bytes[i]) != NULL))
        g_string_append_c (text, bytes[i]);
      else
        append_byte (text, bytes[i]);
    }
}
