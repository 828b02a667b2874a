/* fermata-xml-events.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "expression/fermata-xml-events-private.h"

#include <libxml/xmlreader.h>

#include "expression/fermata-expression.h"
#include "value/fermata-value-builder.h"

/* Of a document, in bytes. How deep it may be is libxml2's own limit. */
#define MAX_SIZE ((gsize) 64 << 20)

/* Nothing from elsewhere, and libxml2 keeps its limits. */
#define OPTIONS (XML_PARSE_NONET | XML_PARSE_COMPACT | XML_PARSE_IGNORE_ENC | XML_PARSE_NOCDATA)

/* What the DOM calls what has no name of its own. */
typedef struct {
  xmlTextReader *reader;
  FermataValueBuilder *events; /* NULL: only whether it is well-formed is asked */
  char *message;
} Read;

static void
note_error (void     *user_data,
            xmlError *problem)
{
  Read *self = user_data;

  if (self->message == NULL && problem->level >= XML_ERR_ERROR)
    {
      self->message = g_strdup_printf ("%d: %s", problem->line,
                                       problem->message != NULL ? problem->message : "not XML");
      g_strchomp (self->message);
    }
}

static void
add_text (FermataValueBuilder *builder,
          const xmlChar       *text)
{
  g_autoptr (FermataValue) value = text != NULL
                                   ? fermata_value_new_string ((const char *) text, -1)
                                   : fermata_value_new_null ();

  fermata_value_builder_add (builder, value);
}

static void
add_event (Read                *self,
           int                  type,
           FermataValueBuilder *rest)
{
  g_autoptr (FermataValueBuilder) event = fermata_value_builder_new_array ();
  g_autoptr (FermataValue) number = fermata_value_new_integer (type);
  g_autoptr (FermataValue) parts = fermata_value_builder_end (rest);
  g_autoptr (FermataValue) value = NULL;

  fermata_value_builder_add (event, number);
  for (gsize i = 0; i < fermata_value_get_length (parts); i++)
    fermata_value_builder_add (event, fermata_value_get_element (parts, i));
  value = fermata_value_builder_end (event);
  fermata_value_builder_add (self->events, value);
}

static void
add_end (Read *self)
{
  g_autoptr (FermataValueBuilder) rest = fermata_value_builder_new_array ();

  add_event (self, 0, rest);
}

static void
add_element (Read *self)
{
  g_autoptr (FermataValueBuilder) rest = fermata_value_builder_new_array ();
  g_autoptr (FermataValueBuilder) attributes = fermata_value_builder_new_array ();
  g_autoptr (FermataValue) list = NULL;
  gboolean is_empty = xmlTextReaderIsEmptyElement (self->reader) == 1;

  add_text (rest, xmlTextReaderConstName (self->reader));
  add_text (rest, xmlTextReaderConstNamespaceUri (self->reader));
  while (xmlTextReaderMoveToNextAttribute (self->reader) == 1)
    {
      add_text (attributes, xmlTextReaderConstName (self->reader));
      add_text (attributes, xmlTextReaderConstValue (self->reader));
      add_text (attributes, xmlTextReaderConstNamespaceUri (self->reader));
    }
  list = fermata_value_builder_end (attributes);
  fermata_value_builder_add (rest, list);
  add_event (self, XML_READER_TYPE_ELEMENT, rest);
  if (is_empty)
    add_end (self);
}

static void
add_characters (Read       *self,
                int         type,
                const char *name)
{
  g_autoptr (FermataValueBuilder) rest = fermata_value_builder_new_array ();
  const xmlChar *text = xmlTextReaderConstValue (self->reader);

  add_text (rest, (const xmlChar *) name);
  add_text (rest, text != NULL ? text : (const xmlChar *) "");
  add_event (self, type, rest);
}

static gboolean
refuse (Read       *self,
        const char *what)
{
  if (self->message == NULL)
    self->message = g_strdup_printf ("%d: %s", xmlTextReaderGetParserLineNumber (self->reader), what);

  return FALSE;
}

static gboolean
take_node (Read *self)
{
  int type = xmlTextReaderNodeType (self->reader);

  if (type == XML_READER_TYPE_DOCUMENT_TYPE)
    return refuse (self, "a document type is not allowed");
  if (type == XML_READER_TYPE_ENTITY_REFERENCE)
    return refuse (self, "there are no entities but XML's own");
  if (self->events == NULL)
    return TRUE;

  switch (type)
    {
    case XML_READER_TYPE_ELEMENT:
      add_element (self);
      break;

    case XML_READER_TYPE_END_ELEMENT:
      add_end (self);
      break;

    case XML_READER_TYPE_TEXT:
    case XML_READER_TYPE_CDATA:
    case XML_READER_TYPE_WHITESPACE:
    case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
      if (xmlTextReaderDepth (self->reader) > 0)
        add_characters (self, XML_READER_TYPE_TEXT, "#text");
      break;

    case XML_READER_TYPE_COMMENT:
      add_characters (self, type, "#comment");
      break;

    case XML_READER_TYPE_PROCESSING_INSTRUCTION:
      add_characters (self, type, (const char *) xmlTextReaderConstName (self->reader));
      break;

    default:
      break;
    }

  return TRUE;
}

/* What has been said of it is in `message`, which is only right if it was not read
 * up to its end. */
static gboolean
read_all (Read       *self,
          const char *text,
          gsize       length)
{
  int status;

  if (length > MAX_SIZE)
    {
      self->message = g_strdup ("it is too large");
      return FALSE;
    }
  self->reader = xmlReaderForMemory (text, (int) length, NULL, "UTF-8", OPTIONS);
  if (self->reader == NULL)
    return FALSE;

  xmlTextReaderSetStructuredErrorHandler (self->reader, (xmlStructuredErrorFunc) note_error, self);
  while ((status = xmlTextReaderRead (self->reader)) == 1)
    {
      if (!take_node (self))
        break;
    }
  xmlFreeTextReader (self->reader);

  return status == 0 && self->message == NULL;
}

FermataValue *
fermata_xml_events_read (const char  *text,
                         gsize        length,
                         GError     **error)
{
  g_autoptr (FermataValueBuilder) events = fermata_value_builder_new_array ();
  Read self = { .events = events };

  if (read_all (&self, text, length))
    return fermata_value_builder_end (events);

  g_set_error (error, FERMATA_EXPRESSION_ERROR, FERMATA_EXPRESSION_ERROR_SYNTAX,
               "This is not XML: %s", self.message != NULL ? self.message : "nothing is there");
  g_free (self.message);

  return NULL;
}

gboolean
fermata_xml_events_check (const char *text,
                          gsize       length)
{
  Read self = { NULL };
  gboolean is_well_formed = read_all (&self, text, length);

  g_free (self.message);

  return is_well_formed;
}
