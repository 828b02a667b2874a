/* fermata-scxml-parse-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#include "format/fermata-scxml-private.h"

G_BEGIN_DECLS

/* A declaration of a namespace that markup needs if it is to stand alone. */
typedef struct {
  gsize offset;
  const char *prefix;
  const char *uri;
} FermataScxmlInsertion;

/* A prefix that was declared within markup that is kept. */
typedef struct {
  const char *prefix;           /* of libxml2's dictionary */
  guint depth;
} FermataScxmlDeclared;

/*
 * A text that is being parsed. @current: the element that is open. @text: of that,
 * if it takes text. @raw_depth: how many elements are open whose markup is kept as
 * it stands; what follows is about these.
 */
typedef struct {
  FermataScxmlRead *read;
  FermataScxmlTree *tree;
  FermataScxmlNode *current;
  xmlParserCtxt *context;
  gboolean has_failed;
  gboolean has_no_namespace;
  GString *text;
  GString *stray;               /* text where there is none in SCXML */

  guint raw_depth;
  gsize raw_begin;
  gsize raw_name_end;
  gboolean raw_is_action;
  GArray *insertions;
  guint n_top_insertions;
  GArray *inner_namespaces;
} FermataScxmlParse;

/* How much of the text has been parsed. */
gsize fermata_scxml_parse_offset    (FermataScxmlParse *self);

/* Where the tag begins that ends at @end. */
gsize fermata_scxml_parse_tag_begin (FermataScxmlParse *self,
                                     gsize              end);

/* Markup that is kept as it stands: an element that begins at @begin, and all in it. */
void  fermata_scxml_raw_begin       (FermataScxmlParse *self,
                                     gsize              begin,
                                     gboolean           is_action);
void  fermata_scxml_raw_start       (FermataScxmlParse *self,
                                     const xmlChar     *local_name,
                                     const xmlChar     *prefix,
                                     const xmlChar     *uri,
                                     int                n_namespaces,
                                     const xmlChar    **namespaces,
                                     int                n_attributes,
                                     const xmlChar    **attributes,
                                     gsize              begin);
void  fermata_scxml_raw_end         (FermataScxmlParse *self,
                                     gsize              end);

/* The markup from @begin to @end is what is between the tags of @node. */
void  fermata_scxml_raw_take        (FermataScxmlParse *self,
                                     FermataScxmlNode  *node,
                                     gsize              begin,
                                     gsize              end);

/* Markup that stands behind what the current element has so far. */
void  fermata_scxml_raw_add         (FermataScxmlParse *self,
                                     const char        *text,
                                     gsize              length);

G_END_DECLS
