/* fermata-json-loader.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "format/fermata-json-loader.h"

#include "format/fermata-file-private.h"
#include "format/fermata-format.h"
#include "model/fermata-documents-private.h"
#include "value/fermata-value-reader.h"

struct _FermataJsonLoader {
  GObject parent_instance;

  gsize max_size;
  gboolean allow_outside;
};

static void loader_iface_init (FermataLoaderInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FermataJsonLoader, fermata_json_loader, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FERMATA_TYPE_LOADER, loader_iface_init))

enum {
  PROP_0,
  PROP_MAX_SIZE,
  PROP_ALLOW_OUTSIDE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* What the reader can count. */
#define MAX_MAX_SIZE ((guint64) G_MAXUINT32 - 1)

static void
fermata_json_loader_get_property (GObject    *object,
                                  guint       prop_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  FermataJsonLoader *self = FERMATA_JSON_LOADER (object);

  switch (prop_id)
    {
    case PROP_MAX_SIZE:
      g_value_set_uint64 (value, self->max_size);
      break;
    case PROP_ALLOW_OUTSIDE:
      g_value_set_boolean (value, self->allow_outside);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
fermata_json_loader_set_property (GObject      *object,
                                  guint         prop_id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  FermataJsonLoader *self = FERMATA_JSON_LOADER (object);

  switch (prop_id)
    {
    case PROP_MAX_SIZE:
      fermata_json_loader_set_max_size (self, g_value_get_uint64 (value));
      break;
    case PROP_ALLOW_OUTSIDE:
      fermata_json_loader_set_allow_outside (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
fermata_json_loader_class_init (FermataJsonLoaderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = fermata_json_loader_get_property;
  object_class->set_property = fermata_json_loader_set_property;

  /**
   * FermataJsonLoader:max-size:
   *
   * The most bytes that a file may have.
   */
  properties[PROP_MAX_SIZE] =
    g_param_spec_uint64 ("max-size", NULL, NULL, 0, MAX_MAX_SIZE, FERMATA_VALUE_READER_DEFAULT_MAX_SIZE,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  /**
   * FermataJsonLoader:allow-outside:
   *
   * Whether machines of SCXML may name files outside of the folder of their
   * document.
   */
  properties[PROP_ALLOW_OUTSIDE] =
    g_param_spec_boolean ("allow-outside", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
fermata_json_loader_init (FermataJsonLoader *self)
{
  self->max_size = FERMATA_VALUE_READER_DEFAULT_MAX_SIZE;
}

static GFile *
resolve (GFile      *base,
         const char *location)
{
  if (g_uri_peek_scheme (location) != NULL)
    return g_file_new_for_uri (location);
  if (base == NULL)
    return g_file_new_for_path (location);
  return g_file_resolve_relative_path (base, location);
}

static FermataGraph *
load (FermataLoader *loader,
      GFile         *base,
      const char    *location,
      GListStore    *diagnostics,
      GError       **error)
{
  FermataJsonLoader *self = FERMATA_JSON_LOADER (loader);
  g_autoptr (GFile) file = resolve (base, location);
  g_autofree char *name = fermata_location_dup_name (file);
  g_autoptr (GBytes) text = fermata_json_loader_read_file (self, file, name, error);
  FermataGraph *graph;

  if (text == NULL)
    return NULL;
  graph = fermata_format_read_graph (text, name, diagnostics, error);
  if (graph != NULL)
    fermata_graph_set_file (graph, file);

  return graph;
}

static GFile *
resolve_within (FermataLoader *loader,
                GFile         *document,
                const char    *location,
                GError       **error)
{
  FermataJsonLoader *self = FERMATA_JSON_LOADER (loader);

  return fermata_location_resolve_within (location, document, self->allow_outside, error);
}

/* The text is read once more: whoever asks found something wrong. */
static void
locate (FermataLoader *loader,
        GFile         *file,
        GListStore    *diagnostics)
{
  FermataJsonLoader *self = FERMATA_JSON_LOADER (loader);
  g_autofree char *name = fermata_location_dup_name (file);
  g_autoptr (GBytes) text = fermata_json_loader_read_file (self, file, name, NULL);

  if (text != NULL)
    fermata_format_locate (diagnostics, text, name);
}

static GBytes *
read_beside (FermataLoader *loader,
             GFile         *document,
             const char    *location,
             GError       **error)
{
  g_autoptr (GFile) file = resolve_within (loader, document, location, error);
  g_autofree char *name = file == NULL ? NULL : fermata_location_dup_name (file);

  return file == NULL ? NULL : fermata_json_loader_read_file (FERMATA_JSON_LOADER (loader), file, name, error);
}

/* What it names is beside the document that it comes from. */
static FermataGraph *
parse (FermataLoader *loader,
       GBytes        *text,
       GFile         *document,
       const char    *name,
       GListStore    *diagnostics,
       GError       **error)
{
  FermataGraph *graph = fermata_format_read_graph (text, name, diagnostics, error);

  if (graph != NULL && document != NULL)
    fermata_graph_set_file (graph, document);

  return graph;
}

static void
loader_iface_init (FermataLoaderInterface *iface)
{
  iface->read = read_beside;
  iface->parse = parse;
  iface->load = load;
  iface->resolve = resolve_within;
  iface->locate = locate;
}

/**
 * fermata_json_loader_new:
 *
 * Makes a loader that takes files of up to 256 MB.
 *
 * Returns: (transfer full): a new loader
 */
FermataJsonLoader *
fermata_json_loader_new (void)
{
  return g_object_new (FERMATA_TYPE_JSON_LOADER, NULL);
}

/**
 * fermata_json_loader_get_max_size:
 * @self: a loader
 *
 * The most bytes that a file may have.
 *
 * Returns: the limit
 */
gsize
fermata_json_loader_get_max_size (FermataJsonLoader *self)
{
  g_return_val_if_fail (FERMATA_IS_JSON_LOADER (self), 0);

  return self->max_size;
}

/**
 * fermata_json_loader_set_max_size:
 * @self: a loader
 * @max_size: the most bytes that a file may have, less than 4 GiB
 *
 * Sets the limit. A longer file is refused before it is read.
 */
void
fermata_json_loader_set_max_size (FermataJsonLoader *self,
                                  gsize              max_size)
{
  g_return_if_fail (FERMATA_IS_JSON_LOADER (self));

  max_size = MIN (max_size, MAX_MAX_SIZE);
  if (self->max_size == max_size)
    return;
  self->max_size = max_size;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MAX_SIZE]);
}

/**
 * fermata_json_loader_get_allow_outside:
 * @self: a loader
 *
 * Whether machines of SCXML may name files outside of the folder of their document.
 *
 * Returns: whether they may
 */
gboolean
fermata_json_loader_get_allow_outside (FermataJsonLoader *self)
{
  g_return_val_if_fail (FERMATA_IS_JSON_LOADER (self), FALSE);

  return self->allow_outside;
}

/**
 * fermata_json_loader_set_allow_outside:
 * @self: a loader
 * @allow_outside: whether machines of SCXML may name files outside of the folder of
 *   their document
 *
 * Allows it, or not. Graphs that are not SCXML may do so anyway; nothing is ever
 * fetched from another machine.
 */
void
fermata_json_loader_set_allow_outside (FermataJsonLoader *self,
                                       gboolean           allow_outside)
{
  g_return_if_fail (FERMATA_IS_JSON_LOADER (self));

  allow_outside = !!allow_outside;
  if (self->allow_outside == allow_outside)
    return;
  self->allow_outside = allow_outside;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ALLOW_OUTSIDE]);
}

/**
 * fermata_json_loader_read_file:
 * @self: a loader
 * @file: a file on this machine
 * @name: (nullable): what people call it, for messages; `NULL`: its path
 * @error: return location for a [error@Fermata.FormatError]
 *
 * Reads the text of a regular file. Anything else, a folder, a pipe, a device,
 * is refused without waiting for it.
 *
 * Returns: (transfer full) (nullable): the text, or `NULL` with @error set
 */
GBytes *
fermata_json_loader_read_file (FermataJsonLoader *self,
                               GFile             *file,
                               const char        *name,
                               GError           **error)
{
  g_return_val_if_fail (FERMATA_IS_JSON_LOADER (self), NULL);
  g_return_val_if_fail (G_IS_FILE (file), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  return fermata_file_read (file, name, self->max_size, error);
}

/**
 * fermata_json_loader_read_fd:
 * @self: a loader
 * @fd: what to read from; it stays open
 * @name: what people call it, for messages
 * @error: return location for a [error@Fermata.FormatError]
 *
 * Reads text until its end, whatever it comes from, and waits for it.
 *
 * Returns: (transfer full) (nullable): the text, or `NULL` with @error set
 */
GBytes *
fermata_json_loader_read_fd (FermataJsonLoader *self,
                             int                fd,
                             const char        *name,
                             GError           **error)
{
  g_return_val_if_fail (FERMATA_IS_JSON_LOADER (self), NULL);
  g_return_val_if_fail (fd >= 0, NULL);
  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  return fermata_file_read_fd (fd, name, self->max_size, error);
}
