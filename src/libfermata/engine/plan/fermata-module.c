/* fermata-module.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/plan/fermata-module.h"

#include <string.h>

#include "engine/plan/fermata-node-registry-private.h"

static gboolean
refuse (GError     **error,
        const char  *name,
        const char  *problem)
{
  g_set_error (error, FERMATA_ENGINE_ERROR, FERMATA_ENGINE_ERROR_MODULE, "Module %s: %s", name,
               problem);

  return FALSE;
}

/* Finding */

static char **
dup_folders (void)
{
  const char *path = g_getenv ("FERMATA_MODULE_PATH");
  g_autofree char *all = NULL;

  if (path == NULL || *path == '\0')
    return g_strsplit (FERMATA_MODULEDIR, G_SEARCHPATH_SEPARATOR_S, -1);

  all = g_strconcat (path, G_SEARCHPATH_SEPARATOR_S, FERMATA_MODULEDIR, NULL);

  return g_strsplit (all, G_SEARCHPATH_SEPARATOR_S, -1);
}

static char *
find_in_folder (const char *folder,
                const char *name)
{
  static const char *const forms[][2] = { { "", "" }, { "", ".so" }, { "lib", ".so" } };

  for (guint i = 0; *folder != '\0' && i < G_N_ELEMENTS (forms); i++)
    {
      g_autofree char *base = g_strconcat (forms[i][0], name, forms[i][1], NULL);
      g_autofree char *path = g_build_filename (folder, base, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
        return g_steal_pointer (&path);
    }

  return NULL;
}

static char *
find_module (const char  *name,
             GError     **error)
{
  g_auto (GStrv) folders = NULL;
  g_autofree char *where = NULL;
  g_autofree char *problem = NULL;

  if (strchr (name, G_DIR_SEPARATOR) != NULL)
    {
      if (g_file_test (name, G_FILE_TEST_IS_REGULAR))
        return g_strdup (name);
      refuse (error, name, "there is no such file");
      return NULL;
    }

  folders = dup_folders ();
  for (guint i = 0; folders[i] != NULL; i++)
    {
      char *path = find_in_folder (folders[i], name);

      if (path != NULL)
        return path;
    }

  where = g_strjoinv (", ", folders);
  problem = g_strdup_printf ("not found in %s (a file of the current folder is ./%s)", where, name);
  refuse (error, name, problem);

  return NULL;
}

/* Loading */

static gboolean
check_version (GModule     *module,
               const char  *name,
               GError     **error)
{
  g_autofree char *problem = NULL;
  gpointer symbol = NULL;
  guint version;

  if (!g_module_symbol (module, "fermata_module_api", &symbol) || symbol == NULL)
    return refuse (error, name, "it is no module of Fermata: it has no “fermata_module_api”");

  version = *(const guint *) symbol;
  if (version == FERMATA_MODULE_API)
    return TRUE;

  problem = g_strdup_printf ("compiled against interface %u, and this is %u; compile it anew",
                             version, FERMATA_MODULE_API);

  return refuse (error, name, problem);
}

/* What it registers goes into a registry of its own first, so that it comes
 * with all of its types or none. */
static gboolean
register_types (FermataEngine  *self,
                GModule        *module,
                const char     *name,
                GError        **error)
{
  g_autoptr (FermataNodeRegistry) registry = fermata_node_registry_new ();
  g_autoptr (GError) local_error = NULL;
  gpointer symbol = NULL;

  if (!g_module_symbol (module, "fermata_module_register", &symbol) || symbol == NULL)
    return refuse (error, name, "it has no “fermata_module_register”");

  /* From here on there may be types of its own, which cannot be taken back. */
  g_module_make_resident (module);
  if (((FermataModuleRegisterFunc) symbol) (registry, &local_error)
      && fermata_node_registry_move (fermata_engine_get_registry (self), registry, &local_error))
    return TRUE;

  return refuse (error, name, local_error != NULL ? local_error->message : "it failed, and does not say why");
}

/**
 * fermata_engine_load_module:
 * @self: an engine
 * @name: a file, if it has a slash; otherwise the name of one in a folder of
 *   the environment's `FERMATA_MODULE_PATH` or in the library's own
 *   `fermata-1/modules`, with or without `lib` and `.so`
 * @error: return location for a #FermataEngineError
 *
 * Adds the node types of a module. The module stays for the life of the
 * process.
 *
 * Returns: %FALSE with @error set, and no type added, if there is no such
 *   file, it is no module, it was made against another version, or one of its
 *   types has a name that is taken
 */
gboolean
fermata_engine_load_module (FermataEngine  *self,
                            const char     *name,
                            GError        **error)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) local_error = NULL;
  GModule *module;
  gboolean registered;

  g_return_val_if_fail (FERMATA_IS_ENGINE (self), FALSE);
  g_return_val_if_fail (name != NULL, FALSE);

  path = find_module (name, error);
  if (path == NULL)
    return FALSE;

  module = g_module_open_full (path, G_MODULE_BIND_LOCAL, &local_error);
  if (module == NULL)
    return refuse (error, name, local_error->message);

  registered = check_version (module, name, error) && register_types (self, module, name, error);
  g_module_close (module);

  return registered;
}
