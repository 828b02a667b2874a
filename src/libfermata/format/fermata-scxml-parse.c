/* fermata-scxml-parse.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "format/fermata-scxml-parse-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>
#include <libxml/tree.h>

/* From libxml2's events to a tree. Nothing outside of the text is ever opened:
 * there is no handler for what a document type names, and one that declares
 * anything ends the reading. */

/* Whether an element is one of SCXML's. A document whose root has no namespace is
 * taken for one that forgot it. */
static gboolean
is_ours (FermataScxmlParse *self,
         const char        *uri)
{
  if (uri == NULL)
    return self->has_no_namespace;
  return strcmp (uri, FERMATA_SCXML_NAMESPACE) == 0;
}

gsize
fermata_scxml_parse_offset (FermataScxmlParse *self)
{
  return (gsize) CLAMP (xmlByteConsumed (self->context), 0, (long) self->read->length);
}

/* No tag but a broken one has “<” in it, so the last one begins it. */
gsize
fermata_scxml_parse_tag_begin (FermataScxmlParse *self,
                               gsize              end)
{
  const char *found = end == 0 ? NULL : memrchr (self->read->data, '<', end);

  return found == NULL ? 0 : (gsize) (found - self->read->data);
}

/* The text need not end with a NUL. */
static gsize
skip_blanks (FermataScxmlRead *read,
             gsize             at)
{
  while (at < read->length && read->data[at] != '\0' && strchr (" \t\r\n", read->data[at]) != NULL)
    at++;
  return at;
}

static void
stop (FermataScxmlParse *self)
{
  self->has_failed = TRUE;
  xmlStopParser (self->context);
}

/* Attributes */

/* Where the attribute that begins at @at ends, and its parts. FALSE: there is none. */
static gboolean
scan_attribute (FermataScxmlParse *self,
                gsize             *at,
                gsize              end,
                guint32           *name_begin,
                guint32           *name_end,
                guint32           *begin,
                guint32           *value_end)
{
  const char *data = self->read->data;
  const char *quote;

  while (*at < end && strchr (" \t\r\n", data[*at]) != NULL)
    (*at)++;
  *name_begin = (guint32) *at;
  while (*at < end && strchr (" \t\r\n=", data[*at]) == NULL)
    (*at)++;
  *name_end = (guint32) *at;
  while (*at < end && strchr (" \t\r\n=", data[*at]) != NULL)
    (*at)++;
  if (*at >= end)
    return FALSE;
  quote = memchr (data + *at + 1, data[*at], end - *at - 1);
  if (quote == NULL)
    return FALSE;
  *begin = (guint32) *at + 1;
  *value_end = (guint32) (quote - data);
  *at = *value_end + 1;
  return TRUE;
}

static gboolean
is_declaration (const char *name,
                gsize       length)
{
  return length >= 5 && strncmp (name, "xmlns", 5) == 0 && (length == 5 || name[5] == ':');
}

/* Declarations of a machine's root are the graph's own; others are kept where
 * they are. */
static void
add_declaration (FermataScxmlParse     *self,
                 FermataScxmlNode      *node,
                 FermataScxmlAttribute *attribute,
                 const xmlChar        **namespaces,
                 guint                 *n_seen)
{
  const char *prefix = (const char *) namespaces[2 * *n_seen];
  const char *uri = (const char *) namespaces[2 * *n_seen + 1];

  (*n_seen)++;
  uri = g_string_chunk_insert_const (self->tree->names, uri == NULL ? "" : uri);
  if (g_strcmp0 (prefix, FERMATA_SCXML_OWN_PREFIX) == 0 && strcmp (uri, FERMATA_SCXML_OWN_NAMESPACE) == 0)
    return;
  if (fermata_scxml_node_is (node, FERMATA_SCXML_SCXML))
    {
      prefix = g_string_chunk_insert_const (self->tree->names, prefix == NULL ? "" : prefix);
      g_ptr_array_add (node->machine->namespaces, (gpointer) prefix);
      g_ptr_array_add (node->machine->namespaces, (gpointer) uri);
      return;
    }
  attribute->value = uri;
  node->n_attributes++;
}

static const char *
keep_value (FermataScxmlParse *self,
            const xmlChar    **libxml_attribute)
{
  const char *begin = (const char *) libxml_attribute[3];

  return fermata_scxml_tree_keep (self->tree, begin, (gsize) ((const char *) libxml_attribute[4] - begin));
}

/* The member that an attribute of Fermata's is. */
static const char *
find_own_name (FermataScxmlParse *self,
               const xmlChar    **libxml_attribute)
{
  const char *name = (const char *) libxml_attribute[0];

  if (libxml_attribute[2] == NULL || strcmp ((const char *) libxml_attribute[2], FERMATA_SCXML_OWN_NAMESPACE) != 0 ||
      strcmp (name, "x-scxml") == 0)
    return NULL;
  return g_string_chunk_insert_const (self->tree->names, name);
}

/* libxml2 has the values, and the text the places; both in the same order, with
 * namespaces' declarations by themselves. */
static void
add_attributes (FermataScxmlParse *self,
                FermataScxmlNode  *node,
                gsize              at,
                gsize              end,
                guint              n_namespaces,
                const xmlChar    **namespaces,
                guint              n_attributes,
                const xmlChar    **attributes)
{
  const char *data = self->read->data;
  guint n_seen_namespaces = 0;
  guint n_seen = 0;
  guint32 name_begin, name_end, begin, value_end;

  node->attributes = fermata_scxml_tree_alloc (self->tree, (n_namespaces + n_attributes) * sizeof *node->attributes);
  while (scan_attribute (self, &at, end, &name_begin, &name_end, &begin, &value_end))
    {
      FermataScxmlAttribute *attribute = &node->attributes[node->n_attributes];
      g_autofree char *name = g_strndup (data + name_begin, name_end - name_begin);
      gboolean declares = is_declaration (name, name_end - name_begin);

      if (declares ? n_seen_namespaces >= n_namespaces : n_seen >= n_attributes)
        continue;
      attribute->name = g_string_chunk_insert_const (self->tree->names, name);
      attribute->name_offset = name_begin;
      attribute->begin = begin;
      attribute->end = value_end;
      if (declares)
        {
          add_declaration (self, node, attribute, namespaces, &n_seen_namespaces);
          continue;
        }
      attribute->value = keep_value (self, attributes + 5 * n_seen);
      attribute->own_name = find_own_name (self, attributes + 5 * n_seen);
      attribute->is_known = attributes[5 * n_seen + 1] == NULL &&
                            fermata_scxml_has_attribute (node->word, attribute->name);
      n_seen++;
      node->n_attributes++;
    }
}

/* Elements */

static gboolean
invokes_machine (FermataScxmlNode *content)
{
  FermataScxmlNode *invoke = content->parent;

  return fermata_scxml_node_is (content, FERMATA_SCXML_CONTENT) &&
         fermata_scxml_node_is (invoke, FERMATA_SCXML_INVOKE) &&
         fermata_scxml_node_get (invoke, "typeexpr") == NULL &&
         fermata_scxml_node_get (content, "expr") == NULL &&
         fermata_scxml_is_own_type (fermata_scxml_node_get (invoke, "type")) &&
         fermata_scxml_node_child (content, FERMATA_SCXML_SCXML) == NULL;
}

static gboolean
is_state (const FermataScxmlWord *word)
{
  return (FERMATA_SCXML_BIT (STATE) | FERMATA_SCXML_BIT (PARALLEL) | FERMATA_SCXML_BIT (FINAL) |
          FERMATA_SCXML_BIT (HISTORY)) >> word->tag & 1;
}

static gboolean
is_nested_action (const FermataScxmlWord *word)
{
  return word->tag == FERMATA_SCXML_IF || word->tag == FERMATA_SCXML_ELSEIF ||
         word->tag == FERMATA_SCXML_FOREACH;
}

static void
report_beside (FermataScxmlParse *self,
               gsize              offset)
{
  fermata_scxml_report (self->read, FERMATA_SEVERITY_ERROR, "not-together", offset,
                        _("a machine stands alone in <content>"));
}

/* FALSE, and told of: too deep. What comes behind <elseif> is in it. */
static gboolean
count_depth (FermataScxmlParse *self,
             FermataScxmlNode  *node)
{
  guint max = is_state (node->word) ? FERMATA_SCXML_MAX_STATES : FERMATA_SCXML_MAX_ACTIONS;

  if (fermata_scxml_is_block (node->word) && !is_nested_action (node->word))
    node->depth = 0;
  else if (is_state (node->word) || is_nested_action (node->word))
    node->depth++;
  if (node->word->tag == FERMATA_SCXML_ELSEIF)
    node->parent->depth = node->depth;
  if (node->depth <= max)
    return TRUE;
  fermata_scxml_report (self->read, FERMATA_SEVERITY_ERROR, "too-deep", node->begin,
                        is_state (node->word) ? _("states are nested deeper than %u levels")
                                              : _("actions are nested deeper than %u levels"), max);
  return FALSE;
}

/* In <content>, where whatever else stands in it has no place. */
static void
begin_machine (FermataScxmlParse *self,
               FermataScxmlNode  *node)
{
  FermataScxmlNode *content = node->parent;

  content->has_machine = TRUE;
  if (content->has_markup || self->text->str[strspn (self->text->str, " \t\r\n")] != '\0')
    report_beside (self, node->begin);
}

static void
begin_element (FermataScxmlParse      *self,
               const FermataScxmlWord *word,
               const xmlChar          *local_name,
               const xmlChar          *prefix,
               gsize                   begin,
               gsize                   end,
               guint                   n_namespaces,
               const xmlChar         **namespaces,
               guint                   n_attributes,
               const xmlChar         **attributes)
{
  FermataScxmlNode *node = fermata_scxml_tree_add (self->tree, self->current);
  gsize name_length = strlen ((const char *) local_name) + (prefix == NULL ? 0 : strlen ((const char *) prefix) + 1);

  node->word = word;
  node->begin = (guint32) begin;
  if (node->parent->word != NULL && node->parent->word->takes_text)
    begin_machine (self, node);
  if (word->tag == FERMATA_SCXML_SCXML)
    {
      node->machine = fermata_scxml_tree_add_machine (self->tree, node);
      node->machine->prefix = prefix == NULL ? NULL
                                             : g_string_chunk_insert_const (self->tree->names, (const char *) prefix);
      node->depth = 0;
    }
  add_attributes (self, node, begin + 1 + name_length, end, n_namespaces, namespaces, n_attributes, attributes);
  if (!count_depth (self, node))
    {
      stop (self);
      return;
    }
  node->text_begin = (guint32) (end < self->read->length && self->read->data[end] == '/' ? end + 2 : end + 1);
  if (word->takes_text)
    {
      g_string_truncate (self->text, 0);
      g_array_set_size (self->insertions, 0);
    }
  self->current = node;
}

/* Other interpreters take the machine itself for a state. */
static gboolean
is_transition_of_machine (FermataScxmlParse *self,
                          const char        *name)
{
  return fermata_scxml_node_is (self->current, FERMATA_SCXML_SCXML) && strcmp (name, "transition") == 0;
}

/* Why an element does not become part of the tree; told of, unless it is a
 * foreigner, who is welcome. */
static void
report_stranger (FermataScxmlParse *self,
                 const char        *name,
                 const char        *uri,
                 gsize              begin)
{
  if (!is_ours (self, uri))
    return;
  if (fermata_scxml_find_word (name) == NULL)
    fermata_scxml_report (self->read, FERMATA_SEVERITY_WARNING, "unknown-element", begin,
                          _("SCXML has no element <%s>; it is kept and does nothing"), name);
  else if (is_transition_of_machine (self, name))
    fermata_scxml_report (self->read, FERMATA_SEVERITY_WARNING, "wrong-element", begin,
                          _("a machine has no transitions of its own; this one is kept and does nothing"));
  else
    fermata_scxml_report (self->read, FERMATA_SEVERITY_ERROR, "wrong-element", begin,
                          _("<%s> cannot stand in <%s>"), name, self->current->word->name);
}

static gboolean
check_root (FermataScxmlParse *self,
            const char        *name,
            const char        *uri,
            gsize              begin)
{
  if (strcmp (name, "scxml") == 0 && (uri == NULL || strcmp (uri, FERMATA_SCXML_NAMESPACE) == 0))
    {
      self->has_no_namespace = uri == NULL;
      if (uri == NULL)
        fermata_scxml_report (self->read, FERMATA_SEVERITY_WARNING, "no-namespace", begin,
                              _("<scxml> needs xmlns=\"%s\""), FERMATA_SCXML_NAMESPACE);
      return TRUE;
    }
  fermata_scxml_report (self->read, FERMATA_SEVERITY_ERROR, "not-a-graph", begin,
                        _("this is no SCXML: expected <scxml xmlns=\"%s\">, found <%s>"),
                        FERMATA_SCXML_NAMESPACE, name);
  stop (self);
  return FALSE;
}

/* When it has ended; it stands where it stood. */
static void
keep_stray_text (FermataScxmlParse *self)
{
  g_autofree char *escaped = NULL;

  if (self->stray->len == 0)
    return;
  g_strstrip (self->stray->str);
  escaped = g_markup_escape_text (self->stray->str, -1);
  fermata_scxml_raw_add (self, escaped, strlen (escaped));
  g_string_truncate (self->stray, 0);
}

static void
on_start (void           *data,
          const xmlChar  *local_name,
          const xmlChar  *prefix,
          const xmlChar  *uri,
          int             n_namespaces,
          const xmlChar **namespaces,
          int             n_attributes,
          int             n_defaulted,
          const xmlChar **attributes)
{
  FermataScxmlParse *self = data;
  const char *name = (const char *) local_name;
  gsize end;
  gsize begin;
  const FermataScxmlWord *word;
  FermataScxmlNode *current = self->current;

  if (self->has_failed)
    return;
  keep_stray_text (self);
  end = fermata_scxml_parse_offset (self);
  begin = fermata_scxml_parse_tag_begin (self, end);
  word = is_ours (self, (const char *) uri) || current == self->tree->around ? fermata_scxml_find_word (name) : NULL;
  if (self->raw_depth > 0)
    fermata_scxml_raw_start (self, local_name, prefix, uri, n_namespaces, namespaces, n_attributes, attributes, begin);
  else if (current == self->tree->around && !check_root (self, name, (const char *) uri, begin))
    return;
  else if (current == self->tree->around || (word != NULL && (current->word->children >> word->tag & 1)) ||
           (word != NULL && word->tag == FERMATA_SCXML_SCXML && invokes_machine (current)))
    begin_element (self, word, local_name, prefix, begin, end, n_namespaces, namespaces, n_attributes, attributes);
  else
    {
      if (current->has_machine)
        report_beside (self, begin);
      else if (!current->word->takes_text)
        report_stranger (self, name, (const char *) uri, begin);
      fermata_scxml_raw_begin (self, begin,
                               fermata_scxml_is_block (current->word) && !is_ours (self, (const char *) uri));
      fermata_scxml_raw_start (self, local_name, prefix, uri, n_namespaces, namespaces, n_attributes, attributes, begin);
    }
}

/* What is between the tags of an element that takes text. */
static void
take_text (FermataScxmlParse *self,
           FermataScxmlNode  *node,
           gsize              end)
{
  gsize text_end = fermata_scxml_parse_tag_begin (self, end);

  node->text_end = (guint32) MAX (text_end, node->text_begin);
  /* <a/> */
  if (end <= node->text_begin)
    {
      node->text_end = node->text_begin;
      return;
    }
  if (fermata_scxml_node_child (node, FERMATA_SCXML_SCXML) != NULL)
    return;
  if (node->has_markup)
    fermata_scxml_raw_take (self, node, node->text_begin, node->text_end);
  else
    {
      node->text = fermata_scxml_tree_keep (self->tree, self->text->str, self->text->len);
      node->text_length = self->text->len;
    }
}

static void
on_end (void          *data,
        const xmlChar *local_name,
        const xmlChar *prefix,
        const xmlChar *uri)
{
  FermataScxmlParse *self = data;
  gsize end;

  if (self->has_failed)
    return;
  keep_stray_text (self);
  end = fermata_scxml_parse_offset (self);
  if (self->raw_depth > 0)
    {
      fermata_scxml_raw_end (self, end);
      return;
    }
  if (self->current->word->takes_text)
    take_text (self, self->current, end);
  self->current = self->current->parent;
}

/* Text, and what is around elements */

/* Where the text begins that was just told of: behind the last tag. */
static gsize
find_text (FermataScxmlParse *self)
{
  gsize end = fermata_scxml_parse_offset (self);
  const char *data = self->read->data;
  const char *tag = memrchr (data, '>', end);

  return skip_blanks (self->read, tag == NULL ? 0 : (gsize) (tag + 1 - data));
}

/* libxml2 gives a text in pieces: it is told of once. */
static void
add_stray_text (FermataScxmlParse *self,
                const char        *text,
                gsize              length)
{
  g_autofree char *copy = g_strndup (text, length);

  if (self->stray->len == 0 && copy[strspn (copy, " \t\r\n")] == '\0')
    return;
  if (self->stray->len == 0)
    fermata_scxml_report (self->read, FERMATA_SEVERITY_WARNING, "unexpected-text", find_text (self),
                          _("there is no text in <%s>; it is kept and does nothing"), self->current->word->name);
  g_string_append (self->stray, copy);
}

static void
on_text (void          *data,
         const xmlChar *text,
         int            length)
{
  FermataScxmlParse *self = data;

  if (self->has_failed || self->raw_depth > 0 || self->current == self->tree->around)
    return;
  if (self->current->word->takes_text && !self->current->has_machine)
    g_string_append_len (self->text, (const char *) text, length);
  else
    add_stray_text (self, (const char *) text, (gsize) length);
}

static void
keep_comment (FermataScxmlParse *self,
              const char        *raw)
{
  if (self->has_failed || self->raw_depth > 0)
    return;
  keep_stray_text (self);
  fermata_scxml_raw_add (self, raw, strlen (raw));
}

static void
on_comment (void          *data,
            const xmlChar *text)
{
  FermataScxmlParse *self = data;
  g_autofree char *raw = g_strconcat ("<!--", text == NULL ? "" : (const char *) text, "-->", NULL);

  keep_comment (self, raw);
}

static void
on_instruction (void          *data,
                const xmlChar *target,
                const xmlChar *text)
{
  FermataScxmlParse *self = data;
  g_autofree char *raw = g_strconcat ("<?", (const char *) target, text == NULL ? "" : " ",
                                      text == NULL ? "" : (const char *) text, "?>", NULL);

  keep_comment (self, raw);
}

/* Entities and document types */

static void
on_document_type (void          *data,
                  const xmlChar *name,
                  const xmlChar *public_id,
                  const xmlChar *system_id)
{
  FermataScxmlParse *self = data;
  gsize offset = fermata_scxml_parse_offset (self);
  gsize begin = fermata_scxml_parse_tag_begin (self, offset);

  if (self->has_failed)
    return;
  if (offset < self->read->length && self->read->data[offset] == '[')
    {
      fermata_scxml_report (self->read, FERMATA_SEVERITY_ERROR, "document-type", begin,
                            _("a document type with declarations is refused: SCXML needs none"));
      stop (self);
      return;
    }
  fermata_scxml_report (self->read, FERMATA_SEVERITY_WARNING, "document-type", begin,
                        _("the document type is ignored, and what it names is not read"));
}

static void
on_reference (void          *data,
              const xmlChar *name)
{
  FermataScxmlParse *self = data;

  if (self->has_failed)
    return;
  fermata_scxml_report (self->read, FERMATA_SEVERITY_ERROR, "unknown-entity", fermata_scxml_parse_offset (self),
                        _("there is no entity “%s”"), (const char *) name);
  stop (self);
}

/* Errors */

static const char *
get_code (int code)
{
  switch (code)
    {
    case XML_ERR_INVALID_ENCODING:
    case XML_ERR_UNKNOWN_ENCODING:
    case XML_ERR_UNSUPPORTED_ENCODING:
    case XML_ERR_INVALID_CHAR:
      return "encoding";
    case XML_ERR_UNDECLARED_ENTITY:
    case XML_WAR_UNDECLARED_ENTITY:
      return "unknown-entity";
    default:
      return "syntax";
    }
}

#if LIBXML_VERSION >= 21200
typedef const xmlError *ErrorPointer;
#else
typedef xmlError *ErrorPointer;
#endif

/* The first that is fatal counts, the others follow from it. */
static void
on_error (void         *data,
          ErrorPointer  error)
{
  FermataScxmlParse *self = data;
  g_autofree char *message = NULL;

  if (self->has_failed || error->level < XML_ERR_ERROR)
    return;
  message = g_strstrip (g_utf8_make_valid (error->message == NULL ? "" : error->message, -1));
  fermata_scxml_report (self->read, FERMATA_SEVERITY_ERROR, get_code (error->code),
                        fermata_scxml_parse_offset (self), _("this is not well-formed XML: %s"), message);
  self->has_failed = TRUE;
}

static void
set_handlers (xmlSAXHandler *sax)
{
  memset (sax, 0, sizeof *sax);
  sax->initialized = XML_SAX2_MAGIC;
  sax->startElementNs = on_start;
  sax->endElementNs = on_end;
  sax->characters = on_text;
  sax->ignorableWhitespace = on_text;
  sax->cdataBlock = on_text;
  sax->comment = on_comment;
  sax->processingInstruction = on_instruction;
  sax->internalSubset = on_document_type;
  sax->reference = on_reference;
  sax->serror = on_error;
}

static void
parse (FermataScxmlParse *self)
{
  self->context = xmlCreateMemoryParserCtxt (self->read->data, (int) self->read->length);
  if (self->context == NULL)
    {
      self->has_failed = TRUE;
      return;
    }
  /* Without NOENT, “&amp;” in attributes would not become “&”. There are no entities
   * but those of XML itself. */
  xmlCtxtUseOptions (self->context, XML_PARSE_NONET | XML_PARSE_NOENT | XML_PARSE_HUGE | XML_PARSE_IGNORE_ENC);
  set_handlers (self->context->sax);
  self->context->userData = self;
  xmlParseDocument (self->context);
  if (!self->context->wellFormed)
    self->has_failed = TRUE;
  /* Made behind our back, for the declarations of a broken document type. */
  if (self->context->myDoc != NULL)
    xmlFreeDoc (self->context->myDoc);
  xmlFreeParserCtxt (self->context);
}

FermataScxmlTree *
fermata_scxml_parse (FermataScxmlRead *read)
{
  g_autoptr (FermataScxmlTree) tree = fermata_scxml_tree_new ();
  FermataScxmlParse self = { read, tree, tree->around };
  gboolean is_blank = skip_blanks (read, 0) == read->length;

  self.text = g_string_new (NULL);
  self.stray = g_string_new (NULL);
  self.insertions = g_array_new (FALSE, FALSE, sizeof (FermataScxmlInsertion));
  self.inner_namespaces = g_array_new (FALSE, FALSE, sizeof (FermataScxmlDeclared));
  if (!is_blank)
    parse (&self);
  g_string_free (self.text, TRUE);
  g_string_free (self.stray, TRUE);
  g_array_unref (self.insertions);
  g_array_unref (self.inner_namespaces);

  tree->root = fermata_scxml_node_child (tree->around, FERMATA_SCXML_SCXML);
  if (!self.has_failed && tree->root != NULL)
    return g_steal_pointer (&tree);
  if (read->n_errors == 0)
    fermata_scxml_report (read, FERMATA_SEVERITY_ERROR, is_blank ? "empty" : "syntax", 0,
                          _("there is no <scxml> in here"));
  return NULL;
}
