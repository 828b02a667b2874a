/* fermata-app-file-watch.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-file-watch.h"

/* Milliseconds of rest before it looks: what is written is written in parts. */
#define REST 150

enum {
  CHANGED,
  N_SIGNALS,
};

struct _FermataAppFileWatch {
  GObject parent_instance;

  FermataAppDocument *document;
  GFile *file;
  GFileMonitor *monitor;
  GCancellable *cancellable;
  char *told;             /* the etag that has been told of */
  guint n_saving;
  guint look_source;
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FermataAppFileWatch, fermata_app_file_watch, G_TYPE_OBJECT)

static void
queried (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (FermataAppFileWatch) self = user_data;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, NULL);
  const char *etag = info == NULL ? NULL : g_file_info_get_etag (info);

  if (etag == NULL || self->monitor == NULL || self->n_saving > 0)
    return;
  if (g_strcmp0 (etag, fermata_app_document_get_etag (self->document)) == 0)
    return;
  if (g_strcmp0 (etag, self->told) == 0)
    return;

  g_free (self->told);
  self->told = g_strdup (etag);
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
look (gpointer user_data)
{
  FermataAppFileWatch *self = user_data;

  self->look_source = 0;
  g_file_query_info_async (self->file, G_FILE_ATTRIBUTE_ETAG_VALUE, G_FILE_QUERY_INFO_NONE,
                           G_PRIORITY_DEFAULT, self->cancellable, queried, g_object_ref (self));

  return G_SOURCE_REMOVE;
}

static void
look_soon (FermataAppFileWatch *self)
{
  g_clear_handle_id (&self->look_source, g_source_remove);
  if (self->file != NULL && self->n_saving == 0)
    self->look_source = g_timeout_add (REST, look, self);
}

static void
unwatch (FermataAppFileWatch *self)
{
  g_clear_handle_id (&self->look_source, g_source_remove);
  if (self->monitor != NULL)
    g_file_monitor_cancel (self->monitor);
  g_clear_object (&self->monitor);
  g_clear_object (&self->file);
}

static void
watch (FermataAppFileWatch *self)
{
  GFile *file = fermata_app_document_get_file (self->document);

  if (file != NULL && self->file != NULL && g_file_equal (file, self->file))
    return;

  unwatch (self);
  if (file == NULL)
    return;

  self->file = g_object_ref (file);
  self->monitor = g_file_monitor_file (file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
  if (self->monitor != NULL)
    g_signal_connect_object (self->monitor, "changed", G_CALLBACK (look_soon), self, G_CONNECT_SWAPPED);
}

static void
fermata_app_file_watch_dispose (GObject *object)
{
  FermataAppFileWatch *self = FERMATA_APP_FILE_WATCH (object);

  unwatch (self);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->document);

  G_OBJECT_CLASS (fermata_app_file_watch_parent_class)->dispose (object);
}

static void
fermata_app_file_watch_finalize (GObject *object)
{
  FermataAppFileWatch *self = FERMATA_APP_FILE_WATCH (object);

  g_object_unref (self->cancellable);
  g_free (self->told);

  G_OBJECT_CLASS (fermata_app_file_watch_parent_class)->finalize (object);
}

static void
fermata_app_file_watch_class_init (FermataAppFileWatchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = fermata_app_file_watch_dispose;
  object_class->finalize = fermata_app_file_watch_finalize;

  signals[CHANGED] = g_signal_new ("changed", FERMATA_TYPE_APP_FILE_WATCH, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
fermata_app_file_watch_init (FermataAppFileWatch *self)
{
  self->cancellable = g_cancellable_new ();
}

FermataAppFileWatch *
fermata_app_file_watch_new (FermataAppDocument *document)
{
  FermataAppFileWatch *self = g_object_new (FERMATA_TYPE_APP_FILE_WATCH, NULL);

  self->document = g_object_ref (document);
  g_signal_connect_object (document, "notify::file", G_CALLBACK (watch), self, G_CONNECT_SWAPPED);
  watch (self);

  return self;
}

void
fermata_app_file_watch_begin_saving (FermataAppFileWatch *self)
{
  self->n_saving++;
}

void
fermata_app_file_watch_end_saving (FermataAppFileWatch *self)
{
  self->n_saving--;
  look_soon (self);
}
