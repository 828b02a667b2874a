/* fermata-app-document.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "fermata-app-selection.h"
#include "fermata-app-session.h"

G_BEGIN_DECLS

/* What a document's file is written in. */
typedef enum {
  FERMATA_APP_FORMAT_FERMATA,
  FERMATA_APP_FORMAT_SCXML,
} FermataAppFormat;

#define FERMATA_TYPE_APP_DOCUMENT (fermata_app_document_get_type ())

/*
 * One open graph: the file, the graph and its edits, what is wrong with it,
 * what is selected, its breakpoints, and the session while it runs. Views bind
 * to it; nothing of it is kept anywhere else.
 *
 * Properties: file (GFile, nullable), title (the graph's name, else the
 * file's, else "Untitled"),
 * editor, graph (the root), shown (the graph or body that the canvas shows),
 * selection, diagnostics (a GListModel of FermataDiagnostic), breakpoints, session
 * (nullable; the latest run, ended or not), modified.
 *
 * Signals: reveal (element): somebody wants a node or an edge to be seen, the
 * canvas scrolls to it. looks-changed: what a FermataAppLook says may be another
 * (run, breakpoints, problems); at most once a turn of the loop. failed
 * (message): something that was wanted was refused, and why. told (message):
 * something was done that may want to be undone. start-requested (held):
 * somebody wants a run; whoever owns the window asks for inputs and calls
 * fermata_app_document_run(). file-requested (file): another graph is to be opened.
 * focus-requested (name): a pane is wanted: "canvas", "event",
 * "inspector", "console", "history", "problems". computed-changed: other computed
 * positions.
 */
G_DECLARE_FINAL_TYPE (FermataAppDocument, fermata_app_document, FERMATA, APP_DOCUMENT, GObject)

/* An empty one; @engine is shared by all. */
FermataAppDocument  *fermata_app_document_new             (FermataEngine       *engine,
                                                           FermataGraphKind     kind);

/* What stands in @text, which was read from @file, or from an example if
 * @file is NULL: NULL with the diagnostics if it is not a graph at all. */
FermataAppDocument  *fermata_app_document_new_from_text   (FermataEngine       *engine,
                                                           GBytes              *text,
                                                           GFile               *file,
                                                           const char          *name,
                                                           GListStore          *diagnostics,
                                                           GError             **error);

/* The same with the @layout (nullable) that is kept beside the file. */
FermataAppDocument  *fermata_app_document_new_with_layout (FermataEngine       *engine,
                                                           GBytes              *text,
                                                           FermataValue        *layout,
                                                           GFile               *file,
                                                           const char          *name,
                                                           GListStore          *diagnostics,
                                                           GError             **error);

FermataEngine       *fermata_app_document_get_engine      (FermataAppDocument  *self);
FermataEditor       *fermata_app_document_get_editor      (FermataAppDocument  *self);
FermataGraph        *fermata_app_document_get_graph       (FermataAppDocument  *self);
FermataGraph        *fermata_app_document_get_shown       (FermataAppDocument  *self);
void                 fermata_app_document_set_shown       (FermataAppDocument  *self,
                                                           FermataGraph        *graph);
FermataAppSelection *fermata_app_document_get_selection   (FermataAppDocument  *self);
GListModel          *fermata_app_document_get_diagnostics (FermataAppDocument  *self);
FermataBreakpoints  *fermata_app_document_get_breakpoints (FermataAppDocument  *self);
FermataAppSession   *fermata_app_document_get_session     (FermataAppDocument  *self);
FermataDebugger     *fermata_app_document_get_debugger    (FermataAppDocument  *self);

/* The actions "doc.…". */
GActionGroup        *fermata_app_document_get_actions     (FermataAppDocument  *self);

/* Edits, each an undo step or a part of the gesture under way. What is refused
 * is told to the person by the signal "failed" (message), also that nothing of what is
 * shown can be edited. @edit is taken. */
gboolean             fermata_app_document_can_edit        (FermataAppDocument  *self);
gboolean             fermata_app_document_apply           (FermataAppDocument  *self,
                                                           FermataEdit         *edit,
                                                           const char          *title);

void                 fermata_app_document_fail            (FermataAppDocument  *self,
                                                           const char          *message);
void                 fermata_app_document_tell            (FermataAppDocument  *self,
                                                           const char          *message);
void                 fermata_app_document_want_focus      (FermataAppDocument  *self,
                                                           const char          *name);

/* What can be entered: bodies, or the file whose graph a node runs. Opens the latter
 * in a tab of its own. */
gboolean             fermata_app_document_can_enter       (FermataAppDocument  *self,
                                                           FermataNode         *node);
void                 fermata_app_document_open_file_of    (FermataAppDocument  *self,
                                                           FermataNode         *node);

void                 fermata_app_document_want_start      (FermataAppDocument  *self,
                                                           gboolean             held);

/* Which time of a body's is looked at: one from 0, the latest, the first that
 * failed. */
void                 fermata_app_document_want_iteration  (FermataAppDocument  *self,
                                                           FermataGraph        *body,
                                                           guint                index);
void                 fermata_app_document_want_latest     (FermataAppDocument  *self,
                                                           FermataGraph        *body);
void                 fermata_app_document_want_failed     (FermataAppDocument  *self,
                                                           FermataGraph        *body);

/* The worst problem of a node or an edge: a FermataSeverity plus 1; 0: none. */
guint                fermata_app_document_get_severity    (FermataAppDocument  *self,
                                                           gpointer             element);

/* Its breakpoint (transfer none, nullable), and the name of its place. */
FermataBreakpoint   *fermata_app_document_find_breakpoint (FermataAppDocument  *self,
                                                           gpointer             element);
char                *fermata_app_document_dup_place       (FermataAppDocument  *self,
                                                           gpointer             element);
void                 fermata_app_document_toggle_breakpoint (FermataAppDocument *self,
                                                             gpointer            element);

/* Files */
GFile               *fermata_app_document_get_file        (FermataAppDocument  *self);
char                *fermata_app_document_dup_title       (FermataAppDocument  *self);
FermataAppFormat     fermata_app_document_get_format      (FermataAppDocument  *self);

/* What would not be in the file if it were saved there, and nobody has agreed
 * to lose; NULL: nothing (transfer full). A line for each; agreed to is all that is
 * lost. */
char               **fermata_app_document_list_lost       (FermataAppDocument  *self,
                                                           GFile               *file);
void                 fermata_app_document_agree_to_lose   (FermataAppDocument  *self,
                                                           char               **lost);

/* In the format that the file's name says, else in that of the document. What
 * stands in a file already is not written again: a layout is kept beside SCXML,
 * which then stays as it is. */
void                 fermata_app_document_save_async      (FermataAppDocument  *self,
                                                           GFile               *file,
                                                           GCancellable        *cancellable,
                                                           GAsyncReadyCallback  callback,
                                                           gpointer             user_data);
gboolean             fermata_app_document_save_finish     (FermataAppDocument  *self,
                                                           GAsyncResult        *result,
                                                           GError             **error);

/* A file that somebody else has changed since is not written over
 * (G_IO_ERROR_WRONG_ETAG), unless this was called before. */
void                 fermata_app_document_forget_etag     (FermataAppDocument  *self);
void                 fermata_app_document_set_etag        (FermataAppDocument  *self,
                                                           const char          *etag);

/* Of the file as it was read or written last (nullable). */
const char          *fermata_app_document_get_etag        (FermataAppDocument  *self);

/* Where nodes are drawn: as the graph's layout says, else as computed. FALSE:
 * nowhere yet. The computed ones are forgotten when the file is closed. */
gboolean             fermata_app_document_get_position    (FermataAppDocument  *self,
                                                           FermataNode         *node,
                                                           double              *x,
                                                           double              *y);
void                 fermata_app_document_set_computed    (FermataAppDocument  *self,
                                                           FermataGraph        *graph,
                                                           FermataValue        *positions);

/* Checks soon, when editing has paused; or now. */
void                 fermata_app_document_check           (FermataAppDocument  *self);
void                 fermata_app_document_check_now       (FermataAppDocument  *self);

/* Whether a diagnostic is about a file that a node runs, and not about this one. */
gboolean             fermata_app_document_is_of_other_file (FermataAppDocument *self,
                                                            FermataDiagnostic  *diagnostic);

/* The node or edge that a diagnostic is about (transfer none, nullable). */
gpointer             fermata_app_document_find_subject    (FermataAppDocument  *self,
                                                           FermataDiagnostic   *diagnostic);

/* Selects it, shows the graph that it is in, and scrolls to it. */
void                 fermata_app_document_reveal          (FermataAppDocument  *self,
                                                           gpointer             element);

/* Compiles the graph as it is and starts a session; the one before is ended.
 * FALSE with @error set: nothing has changed, but @inputs are remembered. @held:
 * holds before the first decision. */
gboolean             fermata_app_document_run             (FermataAppDocument  *self,
                                                           FermataValue        *inputs,
                                                           gboolean             held,
                                                           GError             **error);

/* What a run was given last, to be offered for the next (transfer none, nullable). */
FermataValue        *fermata_app_document_get_inputs      (FermataAppDocument  *self);

/* What it runs is asked to end, and there is no session any more. */
void                 fermata_app_document_end_run         (FermataAppDocument  *self);

G_END_DECLS
