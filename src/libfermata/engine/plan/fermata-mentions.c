/* fermata-mentions.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/plan/fermata-mentions-private.h"

#include <string.h>

static void
mentioned_init (FermataMentioned *self)
{
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->all = FALSE;
}

void
fermata_mentions_init (FermataMentions *self)
{
  mentioned_init (&self->inputs);
  mentioned_init (&self->variables);
  mentioned_init (&self->nodes);
}

void
fermata_mentions_clear (FermataMentions *self)
{
  g_hash_table_unref (self->inputs.names);
  g_hash_table_unref (self->variables.names);
  g_hash_table_unref (self->nodes.names);
}

gboolean
fermata_mentions_is_plain_member (const char *name)
{
  return g_str_equal (name, "label") || g_str_equal (name, "description") || g_str_has_prefix (name, "x-");
}

/* Letters of JavaScript's identifiers, and whatever is not ASCII. */
static gboolean
is_letter (char letter)
{
  return g_ascii_isalnum (letter) || letter == '_' || letter == '$' || (guchar) letter >= 0x80;
}

static const char *
skip_space (const char *text)
{
  while (g_ascii_isspace (*text))
    text++;

  return text;
}

/* Whether the word at @at is a name of its own, and not a part of another one
 * or a member of something. */
static gboolean
begins_name (const char *text,
             const char *at)
{
  if (at == text)
    return TRUE;
  if (at[-1] == '.')
    return at >= text + 3 && at[-2] == '.' && at[-3] == '.';

  return !is_letter (at[-1]);
}

/* .name */
static gboolean
take_member (FermataMentioned *self,
             const char       *text)
{
  const char *name = skip_space (text);
  gsize length = 0;

  while (is_letter (name[length]))
    length++;
  if (length == 0)
    return FALSE;

  g_hash_table_add (self->names, g_strndup (name, length));

  return TRUE;
}

/* ["name"] */
static gboolean
take_subscript (FermataMentioned *self,
                const char       *text)
{
  const char *quote = skip_space (text);
  const char *end = *quote == '"' || *quote == '\'' ? strchr (quote + 1, *quote) : NULL;
  g_autofree char *name = NULL;

  if (end == NULL || *skip_space (end + 1) != ']')
    return FALSE;

  name = g_strndup (quote + 1, end - quote - 1);
  if (strchr (name, '\\') != NULL)
    return FALSE;

  g_hash_table_add (self->names, g_steal_pointer (&name));

  return TRUE;
}

static void
take_use (FermataMentioned *self,
          const char       *after)
{
  const char *next = skip_space (after);

  if (next[0] == '?' && next[1] == '.')
    next++;
  if (*next == '.' ? take_member (self, next + 1) : *next == '[' && take_subscript (self, next + 1))
    return;

  self->all = TRUE;
}

static void
add_word (FermataMentioned *self,
          const char       *text,
          const char       *word)
{
  gsize length = strlen (word);

  for (const char *at = strstr (text, word); at != NULL && !self->all; at = strstr (at + length, word))
    {
      if (begins_name (text, at) && !is_letter (at[length]))
        take_use (self, at + length);
    }
}

static void
add_text (FermataMentions *self,
          FermataValue    *string)
{
  gsize length;
  const char *text = fermata_value_get_string (string, &length);

  /* Names may be written with escapes; what comes after U+0000 is not seen. */
  if (strstr (text, "\\u") != NULL || strlen (text) != length)
    self->inputs.all = self->variables.all = self->nodes.all = TRUE;
  add_word (&self->inputs, text, "inputs");
  add_word (&self->variables, text, "variables");
  add_word (&self->nodes, text, "nodes");
}

static void
push_all (GPtrArray    *stack,
          FermataValue *value,
          gboolean      is_top)
{
  FermataValueKind kind = fermata_value_get_kind (value);
  gsize length = fermata_value_get_length (value);

  for (gsize i = 0; kind == FERMATA_VALUE_KIND_ARRAY && i < length; i++)
    g_ptr_array_add (stack, fermata_value_get_element (value, i));
  for (gsize i = 0; kind == FERMATA_VALUE_KIND_OBJECT && i < length; i++)
    {
      const char *name = fermata_value_get_member_name (value, i);

      if (!is_top || !fermata_mentions_is_plain_member (name))
        g_ptr_array_add (stack, fermata_value_get_member (value, name));
    }
}

static gboolean
is_container (FermataValue *value)
{
  FermataValueKind kind = fermata_value_get_kind (value);

  return kind == FERMATA_VALUE_KIND_ARRAY || kind == FERMATA_VALUE_KIND_OBJECT;
}

void
fermata_mentions_add (FermataMentions *self,
                      FermataValue    *value)
{
  g_autoptr (GPtrArray) stack = g_ptr_array_new ();

  if (!is_container (value))
    return;

  push_all (stack, value, TRUE);
  while (stack->len > 0)
    {
      FermataValue *inner = g_ptr_array_steal_index_fast (stack, stack->len - 1);

      if (fermata_value_get_kind (inner) == FERMATA_VALUE_KIND_STRING)
        add_text (self, inner);
      else if (is_container (inner))
        push_all (stack, inner, FALSE);
    }
}

static gboolean
text_has_word (FermataValue *string,
               const char   *word)
{
  gsize length;
  const char *text = fermata_value_get_string (string, &length);

  if (strstr (text, "\\u") != NULL || strlen (text) != length)
    return TRUE;

  for (const char *at = strstr (text, word); at != NULL; at = strstr (at + 1, word))
    {
      if (begins_name (text, at) && !is_letter (at[strlen (word)]))
        return TRUE;
    }

  return FALSE;
}

static gboolean
contains (FermataValue *string,
          const char   *text)
{
  gsize length;
  const char *found = fermata_value_get_string (string, &length);

  return strstr (found, "\\u") != NULL || strlen (found) != length || strstr (found, text) != NULL;
}

static gboolean
any_text (FermataValue *value,
          gboolean    (*fits) (FermataValue *string,
                               const char   *text),
          const char   *text)
{
  g_autoptr (GPtrArray) stack = g_ptr_array_new ();

  g_ptr_array_add (stack, value);
  while (stack->len > 0)
    {
      FermataValue *inner = g_ptr_array_steal_index_fast (stack, stack->len - 1);

      if (fermata_value_get_kind (inner) == FERMATA_VALUE_KIND_STRING && fits (inner, text))
        return TRUE;
      if (is_container (inner))
        push_all (stack, inner, FALSE);
    }

  return FALSE;
}

gboolean
fermata_mentions_has_word (FermataValue *value,
                           const char   *word)
{
  return any_text (value, text_has_word, word);
}

gboolean
fermata_mentions_has_text (FermataValue *value,
                           const char   *text)
{
  return any_text (value, contains, text);
}
