/* fermata-plan-compile-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/plan/fermata-plan-private.h"
#include "model/fermata-documents-private.h"
#include "model/fermata-edge.h"
#include "model/fermata-node.h"

G_BEGIN_DECLS

/* What all compilers of one plan share: its documents; the pools of the run, and
 * those that files bring along (nullable). */
typedef struct {
  FermataDocuments *documents;
  FermataValue *pools;
  guint n_included;

  /* At least one text of a file is in a plan. */
  gboolean has_texts;
} FermataCompilerFiles;

/* A document whose plan is being made, and those whose plans that is for.
 * @is_bounded: the node that names it has a `max-depth`. */
typedef struct _FermataOpenFile {
  FermataDocument *document;
  FermataPlan *plan;
  gboolean is_bounded;
  const struct _FermataOpenFile *outer;
} FermataOpenFile;

/* @variables (nullable) are those that its nodes may assign to, by name: its own,
 * or, without any, those of the graph around it. @pools (nullable) are those of the
 * run. @whole (nullable) is the graph as a value, what is nested in it included: of
 * bodies, so that each is made a value once. */
typedef struct {
  FermataPlan *plan;
  FermataGraph *graph;
  FermataNodeRegistry *registry;
  FermataEvaluator *evaluator;
  FermataValue *variables;
  FermataValue *pools;
  FermataValue *whole;
  GArray *parameters;

  /* Graphs around it; whether one of them is a loop that a node may end */
  guint depth;
  gboolean is_in_loop;

  /* Its document, and how that came to be in the plan */
  FermataCompilerFiles *files;
  FermataDocument *document;
  const FermataOpenFile *open;
  gboolean is_bounded;
} FermataCompiler;

/* Graphs deeper in graphs than this are refused. */
#define FERMATA_MAX_BODY_DEPTH 1000

/* An edge of the model, as one of the plan. */
typedef struct {
  FermataEdge *model;
  guint32 source;
  guint32 target;
} FermataArrow;

/* Fails if one of @names is there: this version cannot do it. */
gboolean fermata_compiler_refuse_members (FermataValue       *members,
                                          const char *const  *names,
                                          const char         *what,
                                          const char         *id,
                                          GError            **error);

/* Sets @error. Always FALSE. */
gboolean fermata_compiler_invalid        (GError            **error,
                                          const char         *what,
                                          const char         *id,
                                          const char         *problem);
gboolean fermata_compiler_compile_node   (FermataCompiler    *self,
                                          FermataNode        *model,
                                          FermataPlanNode    *node,
                                          GError            **error);
gboolean fermata_compiler_compile_edges  (FermataCompiler    *self,
                                          GError            **error);

/* The edges of the plan, by source, and the places of those that come in: ends
 * and members. @arrows are in document order. */
void     fermata_compiler_place_edges    (FermataCompiler    *self,
                                          GArray             *arrows);

/* The plan of a graph of any kind, such as a body within that of @self; its
 * places are numbered with those of the whole tree (transfer full, nullable). */
FermataPlan *fermata_compiler_compile_graph (const FermataCompiler *self,
                                             FermataGraph          *graph,
                                             GError               **error);

/* The bodies of those nodes that run graphs and have none yet. */
gboolean fermata_compiler_compile_bodies (FermataCompiler        *self,
                                          GError                **error);

/* Whether the graph that a node runs is in a file; makes it the node's body. */
gboolean fermata_compiler_names_file   (const FermataPlanNode  *node);
gboolean fermata_compiler_compile_file (const FermataCompiler  *self,
                                        FermataPlanNode        *node,
                                        GError                **error);

/* The text of a file that its document names (transfer full, nullable). */
FermataValue *fermata_compiler_read_text     (const FermataCompiler *self,
                                              const char            *location,
                                              GError               **error);

/* The plan of a node alone, @model, in the graph of @self: for what runs in
 * frames of its own (transfer full, nullable). */
FermataPlan *fermata_compiler_compile_item  (const FermataCompiler *self,
                                             FermataNode           *model,
                                             GError               **error);

G_END_DECLS
