/* fermata-loader.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "model/fermata-diagnostic.h"
#include "model/fermata-graph.h"

G_BEGIN_DECLS

#define FERMATA_TYPE_LOADER (fermata_loader_get_type ())

/**
 * FermataLoader:
 *
 * Gives the graph that is written at a location. The formats implement it;
 * the checker and the engine only call it.
 */
FERMATA_EXTERN
G_DECLARE_INTERFACE (FermataLoader, fermata_loader, FERMATA, LOADER, GObject)

/**
 * FermataLoaderInterface:
 * @load: (nullable): reads @location, which is relative to @base unless
 *   absolute; adds what is wrong with its text to @diagnostics
 * @resolve: (nullable): where the `src` of a machine in @document leads, if it may
 *   be read; without it, files in the document's folder may
 * @read: (nullable): reads the text of the file that the document in @document
 *   names @location, if it may
 * @parse: (nullable): reads the graph that is written in @text, which is called
 *   @name, and which the document in @document has made; as @load
 * @locate: finds where in the text of a file that is which @diagnostics tell of
 */
struct _FermataLoaderInterface {
  GTypeInterface parent_iface;

  FermataGraph *(*load) (FermataLoader *self,
                         GFile         *base,
                         const char    *location,
                         GListStore    *diagnostics,
                         GError       **error);
  GFile        *(*resolve) (FermataLoader *self,
                            GFile         *document,
                            const char    *location,
                            GError       **error);
  void          (*locate) (FermataLoader *self,
                           GFile         *file,
                           GListStore    *diagnostics);
  GBytes       *(*read)   (FermataLoader *self,
                           GFile         *document,
                           const char    *location,
                           GError       **error);
  FermataGraph *(*parse)  (FermataLoader *self,
                           GBytes        *text,
                           GFile         *document,
                           const char    *name,
                           GListStore    *diagnostics,
                           GError       **error);
};

FERMATA_EXTERN
FermataGraph *fermata_loader_load (FermataLoader *self,
                                   GFile         *base,
                                   const char    *location,
                                   GListStore    *diagnostics,
                                   GError       **error);
FERMATA_EXTERN
GFile        *fermata_loader_resolve (FermataLoader *self,
                                      GFile         *document,
                                      const char    *location,
                                      GError       **error);
FERMATA_EXTERN
FermataGraph *fermata_loader_parse (FermataLoader *self,
                                   GBytes        *text,
                                   GFile         *document,
                                   const char    *name,
                                   GListStore    *diagnostics,
                                   GError       **error);
FERMATA_EXTERN
void          fermata_loader_locate (FermataLoader *self,
                                     GFile         *file,
                                     GListStore    *diagnostics);
FERMATA_EXTERN
GBytes       *fermata_loader_read   (FermataLoader *self,
                                     GFile         *document,
                                     const char    *location,
                                     GError       **error);

G_END_DECLS
