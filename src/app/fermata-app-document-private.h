/* fermata-app-document-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "fermata-app-arrange.h"
#include "fermata-app-document.h"

G_BEGIN_DECLS

/*
 * Invariants: @shown is @graph's root or a body in it; what is in @selection, a key
 * of @problems or of @computed is in the graph, or is dropped with the next edit.
 */
struct _FermataAppDocument {
  GObject parent_instance;

  FermataEngine *engine;
  FermataEditor *editor;
  FermataGraph *graph;
  FermataGraph *shown;
  FermataAppSelection *selection;
  FermataBreakpoints *breakpoints;
  FermataAppSession *session;
  FermataValue *inputs; /* of the last run that was given some; nullable */
  GActionGroup *actions;
  FermataAppArranger *arranger;

  /* @etag: of the file as it was read or written last; @n_edits counts. */
  GFile *file;
  char *name;
  char *etag;
  guint64 n_edits;

  /* Of SCXML: @kept is the graph as its file has it, without the layout, which
   * is beside it as @kept_layout (nullable), or inside. @agreed: what may be lost. */
  FermataAppFormat format;
  FermataValue *kept;
  FermataValue *kept_layout;
  gboolean has_layout_inside;
  char *agreed;

  /* @problems: by element the worst FermataSeverity, plus 1. */
  FermataChecker *checker;
  GListStore *diagnostics;
  GHashTable *problems;
  guint check_source;

  /* Node -> graphene_point_t, for nodes that the graph says nothing of; and the
   * same by the graph's path and the id. */
  GHashTable *computed;
  GHashTable *computed_by_key;

  guint looks_source;
  guint keep_source;
  guint tick_source;
};

/* Each file's part of the object. */
void fermata_app_document_check_init       (FermataAppDocument *self);
void fermata_app_document_check_dispose    (FermataAppDocument *self);
void fermata_app_document_breakpoints_init (FermataAppDocument *self);
void fermata_app_document_breakpoints_dispose (FermataAppDocument *self);
void fermata_app_document_breakpoints_load (FermataAppDocument *self);
void fermata_app_document_actions_init     (FermataAppDocument *self);
void fermata_app_document_actions_update   (FermataAppDocument *self);
void fermata_app_document_run_dispose      (FermataAppDocument *self);
void fermata_app_document_files_init       (FermataAppDocument *self,
                                            gboolean            is_scxml,
                                            gboolean            has_layout_inside);
void fermata_app_document_files_finalize   (FermataAppDocument *self);

/* Before the next frame "looks-changed" will be emitted. */
void fermata_app_document_queue_looks      (FermataAppDocument *self);
void fermata_app_document_set_session      (FermataAppDocument *self,
                                            FermataAppSession  *session);
void fermata_app_document_set_file         (FermataAppDocument *self,
                                            GFile              *file);

G_END_DECLS
