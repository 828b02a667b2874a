/* fermata-module.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <gmodule.h>

#include "engine/fermata-engine.h"

G_BEGIN_DECLS

/*
 * A module is a shared object with node types of its own:
 *
 *     FERMATA_MODULE
 *
 *     G_MODULE_EXPORT gboolean
 *     fermata_module_register (FermataNodeRegistry  *registry,
 *                              GError              **error)
 *     {
 *       g_autoptr (FermataNodeType) type = g_object_new (MY_TYPE_NODE, NULL);
 *
 *       return fermata_node_registry_try_add (registry, type, error);
 *     }
 */

/**
 * FERMATA_MODULE_API:
 *
 * The interface that modules are made against. Another number: they must be
 * compiled anew.
 */
#define FERMATA_MODULE_API 1

/**
 * FERMATA_MODULE: (skip)
 *
 * Stands once in a module, outside functions, and says what it was compiled
 * against.
 */
#define FERMATA_MODULE \
  G_MODULE_EXPORT extern const guint fermata_module_api; \
  const guint fermata_module_api = FERMATA_MODULE_API; \
  G_MODULE_EXPORT gboolean fermata_module_register (FermataNodeRegistry *registry, GError **error);

/**
 * FermataModuleRegisterFunc: (skip)
 * @registry: a registry of its own, empty
 * @error: return location for an error
 *
 * The function `fermata_module_register` of a module. Adds its node types;
 * they come into the engine together, or not at all.
 *
 * Returns: %FALSE with @error set if it cannot
 */
typedef gboolean (*FermataModuleRegisterFunc) (FermataNodeRegistry  *registry,
                                               GError              **error);

/* A file if @name has a slash; a name is looked for in $FERMATA_MODULE_PATH,
 * then where the library is installed. */
FERMATA_EXTERN
gboolean fermata_engine_load_module (FermataEngine  *self,
                                     const char     *name,
                                     GError        **error);

G_END_DECLS
