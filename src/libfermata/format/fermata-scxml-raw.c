/* fermata-scxml-raw.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "format/fermata-scxml-parse-private.h"
#include "format/fermata-scxml-writer-private.h"

#include <string.h>

/* Markup that is kept as it stands: elements of others, comments, what is between
 * the tags of <data> and <content>. Where it is to be parsed alone, the namespaces
 * that it uses and does not declare are declared in it. */

void
fermata_scxml_raw_begin (FermataScxmlParse *self,
                         gsize              begin,
                         gboolean           is_action)
{
  self->raw_begin = begin;
  self->raw_is_action = is_action;
  if (self->current->word->takes_text)
    self->current->has_markup = TRUE;
  else
    g_array_set_size (self->insertions, 0);
}

/* Prefixes are the same pointers wherever they occur: libxml2 keeps them once. */
static gboolean
is_declared_within (FermataScxmlParse *self,
                    const xmlChar     *prefix)
{
  for (guint i = self->inner_namespaces->len; i > 0; i--)
    {
      if (g_array_index (self->inner_namespaces, FermataScxmlDeclared, i - 1).prefix == (const char *) prefix)
        return TRUE;
    }
  return FALSE;
}

/* Has the outermost element declare it, unless it does. */
static void
need_namespace (FermataScxmlParse *self,
                const xmlChar     *prefix,
                const xmlChar     *uri)
{
  FermataScxmlInsertion insertion = { self->raw_name_end, NULL, NULL };

  if (uri == NULL || (prefix != NULL && xmlStrEqual (prefix, BAD_CAST "xml")) || is_declared_within (self, prefix))
    return;
  insertion.prefix = g_string_chunk_insert_const (self->tree->names, prefix == NULL ? "" : (const char *) prefix);
  for (guint i = self->n_top_insertions; i < self->insertions->len; i++)
    {
      if (g_array_index (self->insertions, FermataScxmlInsertion, i).prefix == insertion.prefix)
        return;
    }
  insertion.uri = g_string_chunk_insert_const (self->tree->names, (const char *) uri);
  g_array_append_val (self->insertions, insertion);
}

void
fermata_scxml_raw_start (FermataScxmlParse *self,
                         const xmlChar     *local_name,
                         const xmlChar     *prefix,
                         const xmlChar     *uri,
                         int                n_namespaces,
                         const xmlChar    **namespaces,
                         int                n_attributes,
                         const xmlChar    **attributes,
                         gsize              begin)
{
  if (self->raw_depth++ == 0)
    {
      self->raw_name_end = begin + 1 + strlen ((const char *) local_name) +
                           (prefix == NULL ? 0 : strlen ((const char *) prefix) + 1);
      self->n_top_insertions = self->insertions->len;
    }
  for (int i = 0; i < n_namespaces; i++)
    {
      FermataScxmlDeclared declared = { (const char *) namespaces[2 * i], self->raw_depth };

      g_array_append_val (self->inner_namespaces, declared);
    }
  need_namespace (self, prefix, uri);
  for (int i = 0; i < n_attributes; i++)
    {
      if (attributes[5 * i + 1] != NULL)
        need_namespace (self, attributes[5 * i + 1], attributes[5 * i + 2]);
    }
}

static void
forget_namespaces (FermataScxmlParse *self)
{
  guint n = self->inner_namespaces->len;

  while (n > 0 && g_array_index (self->inner_namespaces, FermataScxmlDeclared, n - 1).depth == self->raw_depth)
    n--;
  g_array_set_size (self->inner_namespaces, n);
}

/* Line ends as the parser would give them. */
static void
append_markup (GString    *text,
               const char *from,
               const char *to)
{
  while (from < to)
    {
      const char *end = memchr (from, '\r', to - from);

      g_string_append_len (text, from, (end == NULL ? to : end) - from);
      if (end == NULL)
        return;
      if (end + 1 == to || end[1] != '\n')
        g_string_append_c (text, '\n');
      from = end + 1;
    }
}

static GString *
copy_markup (FermataScxmlParse *self,
             gsize              begin,
             gsize              end,
             gboolean           alone)
{
  GString *text = g_string_sized_new (end - begin + 64);
  const char *data = self->read->data;

  for (guint i = 0; alone && i < self->insertions->len; i++)
    {
      FermataScxmlInsertion *insertion = &g_array_index (self->insertions, FermataScxmlInsertion, i);
      g_autofree char *uri = g_markup_escape_text (insertion->uri, -1);

      append_markup (text, data + begin, data + insertion->offset);
      g_string_append_printf (text, " xmlns%s%s=\"%s\"", *insertion->prefix == '\0' ? "" : ":",
                              insertion->prefix, uri);
      begin = insertion->offset;
    }
  append_markup (text, data + begin, data + end);
  return text;
}

/* What outermost elements need not say where nothing is around them. */
static void
drop_defaults (GString *text)
{
  g_autofree char *markup = NULL;

  if (strstr (text->str, " xmlns=\"\"") == NULL)
    return;
  markup = fermata_scxml_undefault (text->str, FALSE);
  g_string_assign (text, markup);
}

void
fermata_scxml_raw_take (FermataScxmlParse *self,
                        FermataScxmlNode  *node,
                        gsize              begin,
                        gsize              end)
{
  GString *text = copy_markup (self, begin, end, TRUE);

  drop_defaults (text);
  node->text = fermata_scxml_tree_keep (self->tree, text->str, text->len);
  node->text_length = text->len;
  /* Comments stand in it. */
  node->first_child = node->last_child = NULL;
  g_string_free (text, TRUE);
}

void
fermata_scxml_raw_add (FermataScxmlParse *self,
                       const char        *text,
                       gsize              length)
{
  FermataScxmlNode *node = fermata_scxml_tree_add (self->tree, self->current);

  node->text = fermata_scxml_tree_keep (self->tree, text, length);
  node->text_length = length;
}

void
fermata_scxml_raw_end (FermataScxmlParse *self,
                       gsize              end)
{
  GString *text;

  forget_namespaces (self);
  if (--self->raw_depth > 0 || self->current->word->takes_text)
    return;
  text = copy_markup (self, self->raw_begin, end, self->raw_is_action);
  if (self->raw_is_action)
    drop_defaults (text);
  fermata_scxml_raw_add (self, text->str, text->len);
  self->current->last_child->begin = (guint32) self->raw_begin;
  self->current->last_child->is_action = self->raw_is_action;
  g_string_free (text, TRUE);
}
