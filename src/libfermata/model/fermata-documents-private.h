/* fermata-documents-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "model/fermata-loader.h"

G_BEGIN_DECLS

/*
 * The documents that something is made of, a check, a plan or a record: a first
 * one, and those that nodes name as their `file`, and nodes of those. Each file
 * is read once, whatever names lead to it.
 */
typedef struct _FermataDocuments FermataDocuments;

/* @file, @name: where it lies, without links, and what people call that; NULL if
 * it lies nowhere. @graph: NULL: there is none; @error says why. @diagnostics: what
 * is wrong with its text; NULL of the first. @links: by what nodes of it write as
 * `file`, the documents meant. @texts: likewise the texts of files that are no
 * graphs, by what names them. */
typedef struct {
  guint index;
  FermataGraph *graph;
  GFile *file;
  char *name;
  GListStore *diagnostics;
  GError *error;
  GHashTable *links;
  GHashTable *texts;
  FermataValue *value;
  FermataValue *content;
} FermataDocument;

FermataDocuments *fermata_documents_new         (FermataLoader      *loader,
                                                 FermataGraph       *root);
FermataDocuments *fermata_documents_ref         (FermataDocuments   *self);
void              fermata_documents_unref       (FermataDocuments   *self);
guint             fermata_documents_get_n       (FermataDocuments   *self);
FermataDocument  *fermata_documents_get         (FermataDocuments   *self,
                                                 guint               index);

/* What a node of @from means by its `file`. NULL with @error set if there is no
 * graph; then fermata_documents_find() may still know the document. */
FermataDocument  *fermata_documents_follow      (FermataDocuments   *self,
                                                 FermataDocument    *from,
                                                 const char         *location,
                                                 GError            **error);

/* Whether there is something that it means, which may be read: whatever that is. */
gboolean          fermata_documents_is_there    (FermataDocuments   *self,
                                                 FermataDocument    *from,
                                                 const char         *location);

/* The text of a file that @from names, read once (transfer none). */
FermataValue     *fermata_documents_read        (FermataDocuments   *self,
                                                 FermataDocument    *from,
                                                 const char         *location,
                                                 GError            **error);

/* The document that was found by following, with a graph or without. */
FermataDocument  *fermata_documents_find        (FermataDocument    *from,
                                                 const char         *location);

/* All that a document says, and those that it names: the same for the same content
 * (transfer none). It is to be asked for when all has been followed. */
FermataValue     *fermata_documents_get_content (FermataDocuments   *self,
                                                 FermataDocument    *document);

/* The document as a value (transfer none). */
FermataValue     *fermata_documents_get_value   (FermataDocument    *document);

/* What nodes of a document write as `file`, in an order that is always the same
 * (transfer container). */
GPtrArray        *fermata_documents_list_links  (FermataDocument    *document);

/* For whoever has documents without files: adds one, and says what nodes mean. */
FermataDocument  *fermata_documents_add         (FermataDocuments   *self,
                                                 FermataGraph       *graph,
                                                 const char         *name);
void              fermata_documents_link        (FermataDocument    *from,
                                                 const char         *location,
                                                 FermataDocument    *to);

/* The text that is in the file which @from names so. */
void              fermata_documents_add_text    (FermataDocument    *from,
                                                 const char         *location,
                                                 FermataValue       *text);

/* Where a location leads that a document in @file names (transfer full); NULL if
 * there is none, and the location is relative. */
GFile            *fermata_location_resolve      (const char         *location,
                                                 GFile              *file);

/* Where the `src` of a machine in @document (nullable) leads, without links (transfer
 * full). NULL with @error set: to no file, or out of the document's folder, unless
 * @may_leave. The file need not be there. */
GFile            *fermata_location_resolve_within (const char       *location,
                                                   GFile            *document,
                                                   gboolean          may_leave,
                                                   GError          **error);

/* As people call a file: its path, from the current folder if it lies in there. */
char             *fermata_location_dup_name     (GFile              *file);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FermataDocuments, fermata_documents_unref)

G_END_DECLS
