/* fermata-http-stream.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <string.h>

#include "services/fermata-http-head-private.h"

/* --- What is read -------------------------------------------------------- */

#define FERMATA_TYPE_HTTP_INPUT (fermata_http_input_get_type ())
G_DECLARE_FINAL_TYPE (FermataHttpInput, fermata_http_input, FERMATA, HTTP_INPUT, GFilterInputStream)

struct _FermataHttpInput {
  GFilterInputStream parent_instance;

  GBytes *read;
  gsize offset;
  gsize head_left;
  gboolean is_chunked;
  FermataHttpChunks chunks;
};

static void fermata_http_input_iface_init (GPollableInputStreamInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FermataHttpInput, fermata_http_input, G_TYPE_FILTER_INPUT_STREAM,
  G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_INPUT_STREAM, fermata_http_input_iface_init))

static gsize
count_left (FermataHttpInput *self)
{
  return g_bytes_get_size (self->read) - self->offset;
}

static GInputStream *
get_base (FermataHttpInput *self)
{
  return g_filter_input_stream_get_base_stream (G_FILTER_INPUT_STREAM (self));
}

static gssize
read_bytes (FermataHttpInput  *self,
            void              *buffer,
            gsize              count,
            GCancellable      *cancellable,
            GError           **error)
{
  gsize n = MIN (count, count_left (self));

  if (n == 0)
    return g_input_stream_read (get_base (self), buffer, count, cancellable, error);

  memcpy (buffer, (const char *) g_bytes_get_data (self->read, NULL) + self->offset, n);
  self->offset += n;

  return (gssize) n;
}

static gboolean
check_chunks (FermataHttpInput *self,
              const char       *bytes,
              gsize             length)
{
  gsize n_head = MIN (length, self->head_left);

  self->head_left -= n_head;
  if (length == 0)
    return fermata_http_chunks_ended (&self->chunks);

  return fermata_http_chunks_go_on (&self->chunks, bytes + n_head, length - n_head);
}

static gssize
fermata_http_input_read (GInputStream  *stream,
                         void          *buffer,
                         gsize          count,
                         GCancellable  *cancellable,
                         GError       **error)
{
  FermataHttpInput *self = FERMATA_HTTP_INPUT (stream);
  gssize n = read_bytes (self, buffer, count, cancellable, error);

  if (n < 0 || !self->is_chunked || check_chunks (self, buffer, (gsize) n))
    return n;

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "these are no chunks");

  return -1;
}

static gboolean
fermata_http_input_is_readable (GPollableInputStream *stream)
{
  FermataHttpInput *self = FERMATA_HTTP_INPUT (stream);

  return count_left (self) > 0 ||
         g_pollable_input_stream_is_readable (G_POLLABLE_INPUT_STREAM (get_base (self)));
}

static GSource *
fermata_http_input_create_source (GPollableInputStream *stream,
                                  GCancellable         *cancellable)
{
  FermataHttpInput *self = FERMATA_HTTP_INPUT (stream);
  g_autoptr (GSource) base = NULL;

  if (count_left (self) > 0)
    base = g_timeout_source_new (0);
  else
    base = g_pollable_input_stream_create_source (G_POLLABLE_INPUT_STREAM (get_base (self)), NULL);

  return g_pollable_source_new_full (self, base, cancellable);
}

static void
fermata_http_input_iface_init (GPollableInputStreamInterface *iface)
{
  iface->is_readable = fermata_http_input_is_readable;
  iface->create_source = fermata_http_input_create_source;
}

static void
fermata_http_input_init (FermataHttpInput *self)
{
}

static void
fermata_http_input_finalize (GObject *object)
{
  g_bytes_unref (FERMATA_HTTP_INPUT (object)->read);

  G_OBJECT_CLASS (fermata_http_input_parent_class)->finalize (object);
}

static void
fermata_http_input_class_init (FermataHttpInputClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fermata_http_input_finalize;
  G_INPUT_STREAM_CLASS (klass)->read_fn = fermata_http_input_read;
}

/* --- The stream ---------------------------------------------------------- */

#define FERMATA_TYPE_HTTP_STREAM (fermata_http_stream_get_type ())
G_DECLARE_FINAL_TYPE (FermataHttpStream, fermata_http_stream, FERMATA, HTTP_STREAM, GIOStream)

struct _FermataHttpStream {
  GIOStream parent_instance;

  GIOStream *base;
  GInputStream *input;
};

G_DEFINE_FINAL_TYPE (FermataHttpStream, fermata_http_stream, G_TYPE_IO_STREAM)

static GInputStream *
fermata_http_stream_get_input_stream (GIOStream *stream)
{
  return FERMATA_HTTP_STREAM (stream)->input;
}

static GOutputStream *
fermata_http_stream_get_output_stream (GIOStream *stream)
{
  return g_io_stream_get_output_stream (FERMATA_HTTP_STREAM (stream)->base);
}

static gboolean
fermata_http_stream_close (GIOStream     *stream,
                           GCancellable  *cancellable,
                           GError       **error)
{
  return g_io_stream_close (FERMATA_HTTP_STREAM (stream)->base, cancellable, error);
}

static void
fermata_http_stream_init (FermataHttpStream *self)
{
}

static void
fermata_http_stream_finalize (GObject *object)
{
  FermataHttpStream *self = FERMATA_HTTP_STREAM (object);

  g_object_unref (self->input);
  g_object_unref (self->base);

  G_OBJECT_CLASS (fermata_http_stream_parent_class)->finalize (object);
}

static void
fermata_http_stream_class_init (FermataHttpStreamClass *klass)
{
  GIOStreamClass *stream_class = G_IO_STREAM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = fermata_http_stream_finalize;
  stream_class->get_input_stream = fermata_http_stream_get_input_stream;
  stream_class->get_output_stream = fermata_http_stream_get_output_stream;
  stream_class->close_fn = fermata_http_stream_close;
}

GIOStream *
fermata_http_stream_new (GIOStream *base,
                         GBytes    *read,
                         gsize      head_length,
                         gboolean   is_chunked)
{
  FermataHttpStream *self = g_object_new (FERMATA_TYPE_HTTP_STREAM, NULL);
  FermataHttpInput *input = g_object_new (FERMATA_TYPE_HTTP_INPUT,
                                          "base-stream", g_io_stream_get_input_stream (base),
                                          "close-base-stream", FALSE,
                                          NULL);

  input->read = g_bytes_ref (read);
  input->head_left = head_length;
  input->is_chunked = is_chunked;
  self->input = G_INPUT_STREAM (input);
  self->base = g_object_ref (base);

  return G_IO_STREAM (self);
}
