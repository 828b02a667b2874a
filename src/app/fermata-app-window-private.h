/* fermata-app-window-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "fermata-app-window.h"

G_BEGIN_DECLS

/* @page: that of the selected tab, if it shows a graph; the groups of signals are its
 * and its document's. */
struct _FermataAppWindow {
  AdwApplicationWindow parent_instance;

  FermataAppPage *page;
  GSignalGroup *page_signals;
  GSignalGroup *document_signals;
  GCancellable *cancellable;
  gboolean may_close;
  gboolean is_narrow;
  guint n_frames;

  AdwToastOverlay *toasts;
  AdwTabView *tabs;
  AdwTabBar *tab_bar;
  GtkStack *stack;
  AdwWindowTitle *title;
  AdwHeaderBar *header;
  GtkWidget *save;
  GtkWidget *undo;
  GtkWidget *redo;
  GtkWidget *find;
  GtkWidget *run_bar;
  GtkWidget *welcome;
  GMenu *recent_menu;
  GMenu *examples_menu;
};

/* Each file's part of class and object. */
void fermata_app_window_actions_init    (FermataAppWindow *self);
void fermata_app_window_actions_update  (FermataAppWindow *self);
void fermata_app_window_close_init      (FermataAppWindow *self);
void fermata_app_window_menus_init      (FermataAppWindow *self);
void fermata_app_window_files_init      (FermataAppWindow *self);

/* After what is in front has changed, or is called otherwise. */
void fermata_app_window_update_title    (FermataAppWindow *self);

/* Begins to follow a document: what it tells, its file. */
void fermata_app_window_files_watch     (FermataAppWindow   *self,
                                         FermataAppPage     *page);

/* Files; see fermata-app-window-files.c. */
void fermata_app_window_choose_file     (FermataAppWindow   *self);
void fermata_app_window_open_example    (FermataAppWindow   *self,
                                         GFile              *file);
void fermata_app_window_reload          (FermataAppWindow   *self,
                                         GtkWidget          *child);
void fermata_app_window_remember        (GFile              *file);

/* Saving; asks where to if there is no file, or @elsewhere. The result is whether
 * it was saved; what went wrong has been told. */
void     fermata_app_window_save_async  (FermataAppWindow    *self,
                                         FermataAppPage      *page,
                                         gboolean             elsewhere,
                                         GAsyncReadyCallback  callback,
                                         gpointer             user_data);
gboolean fermata_app_window_save_finish (FermataAppWindow    *self,
                                         GAsyncResult        *result);

/* The tab that shows something. */
AdwTabPage *fermata_app_window_get_tab  (FermataAppWindow    *self,
                                         GtkWidget           *child);

G_END_DECLS
