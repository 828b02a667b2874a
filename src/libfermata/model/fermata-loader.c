/* fermata-loader.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "model/fermata-loader.h"

#include <glib/gi18n-lib.h>

#include "model/fermata-documents-private.h"
#include "model/fermata-model-types.h"

G_DEFINE_INTERFACE (FermataLoader, fermata_loader, G_TYPE_OBJECT)

static void
fermata_loader_default_init (FermataLoaderInterface *iface)
{
}

/**
 * fermata_loader_load:
 * @self: a loader
 * @base: (nullable): what a relative @location is relative to: the folder of
 *   the document that names it; `NULL`: the current directory
 * @location: a file name or URI
 * @diagnostics: (nullable): what is wrong with the text is added here, as
 *   [class@Fermata.Diagnostic]
 * @error: return location for an error
 *
 * Reads the graph that is written at a location.
 *
 * A graph can be given although something is wrong with its text; then the
 * diagnostics say what. Where there is no graph at all, @error is set, and
 * the diagnostics tell more if the text is to blame.
 *
 * Returns: (transfer full) (nullable): the graph, or `NULL` with @error set
 */
FermataGraph *
fermata_loader_load (FermataLoader *self,
                     GFile         *base,
                     const char    *location,
                     GListStore    *diagnostics,
                     GError       **error)
{
  g_return_val_if_fail (FERMATA_IS_LOADER (self), NULL);
  g_return_val_if_fail (base == NULL || G_IS_FILE (base), NULL);
  g_return_val_if_fail (location != NULL, NULL);
  g_return_val_if_fail (diagnostics == NULL || G_IS_LIST_STORE (diagnostics), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  return FERMATA_LOADER_GET_IFACE (self)->load (self, base, location, diagnostics, error);
}

/**
 * fermata_loader_resolve:
 * @self: a loader
 * @document: (nullable): the file of the document that names @location; `NULL`: it
 *   has none
 * @location: a file name or URI, as it stands in the `src` of a machine
 * @error: return location for a [error@Fermata.ModelError]
 *
 * Finds the file that a machine of SCXML names, if it may be read: those outside of
 * the document's folder are refused, by whatever way they are named, unless the
 * loader was told otherwise. The file need not be there.
 *
 * Returns: (transfer full) (nullable): the file, or `NULL` with @error set
 */
GFile *
fermata_loader_resolve (FermataLoader *self,
                        GFile         *document,
                        const char    *location,
                        GError       **error)
{
  g_return_val_if_fail (FERMATA_IS_LOADER (self), NULL);
  g_return_val_if_fail (document == NULL || G_IS_FILE (document), NULL);
  g_return_val_if_fail (location != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (FERMATA_LOADER_GET_IFACE (self)->resolve != NULL)
    return FERMATA_LOADER_GET_IFACE (self)->resolve (self, document, location, error);

  return fermata_location_resolve_within (location, document, FALSE, error);
}

/**
 * fermata_loader_parse:
 * @self: a loader
 * @text: the text of a graph
 * @document: (nullable): the file of the document that the text comes from: what
 *   it names lies where that says
 * @name: what people call the text, for messages
 * @diagnostics: (nullable): as of fermata_loader_load()
 * @error: return location for an error
 *
 * Reads the graph that is written in a text, in any format that the loader knows.
 *
 * Returns: (transfer full) (nullable): the graph, or `NULL` with @error set
 */
FermataGraph *
fermata_loader_parse (FermataLoader *self,
                      GBytes        *text,
                      GFile         *document,
                      const char    *name,
                      GListStore    *diagnostics,
                      GError       **error)
{
  g_return_val_if_fail (FERMATA_IS_LOADER (self), NULL);
  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (document == NULL || G_IS_FILE (document), NULL);
  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (diagnostics == NULL || G_IS_LIST_STORE (diagnostics), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (FERMATA_LOADER_GET_IFACE (self)->parse != NULL)
    return FERMATA_LOADER_GET_IFACE (self)->parse (self, text, document, name, diagnostics, error);

  g_set_error (error, FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_NOT_FOUND,
               _("Graphs in texts are not read here: “%s”"), name);

  return NULL;
}

/**
 * fermata_loader_locate:
 * @self: a loader
 * @file: a file that a graph was read from
 * @diagnostics: a list of [class@Fermata.Diagnostic]
 *
 * Fills in the file, lines and columns of what was found wrong with a graph
 * after it was read: of those diagnostics that name no other file. A file that
 * cannot be read any more leaves them as they are.
 */
void
fermata_loader_locate (FermataLoader *self,
                       GFile         *file,
                       GListStore    *diagnostics)
{
  g_return_if_fail (FERMATA_IS_LOADER (self));
  g_return_if_fail (G_IS_FILE (file));
  g_return_if_fail (G_IS_LIST_STORE (diagnostics));

  if (FERMATA_LOADER_GET_IFACE (self)->locate != NULL)
    FERMATA_LOADER_GET_IFACE (self)->locate (self, file, diagnostics);
}

/**
 * fermata_loader_read:
 * @self: a loader
 * @document: (nullable): the file of the document that names @location; `NULL`: it
 *   has none
 * @location: a file name or URI
 * @error: return location for an error
 *
 * Reads the text of a file that is no graph: what `src` in a machine names.
 *
 * Returns: (transfer full) (nullable): the text, or `NULL` with @error set if there
 *   is none, or it may not be read
 */
GBytes *
fermata_loader_read (FermataLoader *self,
                     GFile         *document,
                     const char    *location,
                     GError       **error)
{
  g_return_val_if_fail (FERMATA_IS_LOADER (self), NULL);
  g_return_val_if_fail (document == NULL || G_IS_FILE (document), NULL);
  g_return_val_if_fail (location != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (FERMATA_LOADER_GET_IFACE (self)->read != NULL)
    return FERMATA_LOADER_GET_IFACE (self)->read (self, document, location, error);

  g_set_error (error, FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_NOT_FOUND,
               _("“%s” is not at hand: files are not read here"), location);

  return NULL;
}
