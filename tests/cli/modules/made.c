/* made.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Modules with something wrong, one for each -DWRONG_…. */

#include <fermata.h>

typedef FermataNodeType Made;
typedef FermataNodeTypeClass MadeClass;

static GType made_get_type (void);

G_DEFINE_TYPE (Made, made, FERMATA_TYPE_NODE_TYPE)

static FermataValue *
made_make_description (FermataNodeType *type)
{
  return fermata_value_parse (g_object_get_data (G_OBJECT (type), "json"), -1, NULL);
}

static void
made_execute (FermataNodeType  *type,
              FermataExecution *execution)
{
  fermata_execution_complete (execution, NULL);
}

#ifdef WRONG_NOTHING
/* Neither an output nor an error */
static FermataValue *
made_compute (FermataNodeType     *type,
              FermataComputation  *computation,
              GError             **error)
{
  return NULL;
}
#endif

static void
made_class_init (MadeClass *klass)
{
#ifdef WRONG_NOTHING
  klass->compute = made_compute;
#endif
  klass->make_description = made_make_description;
  klass->execute = made_execute;
}

static void
made_init (Made *self)
{
}

#ifdef WRONG_VERSION
G_MODULE_EXPORT extern const guint fermata_module_api;
const guint fermata_module_api = FERMATA_MODULE_API + 1;
G_MODULE_EXPORT gboolean fermata_module_register (FermataNodeRegistry *registry, GError **error);
#else
FERMATA_MODULE
#endif

static G_GNUC_UNUSED gboolean
add (FermataNodeRegistry  *registry,
     char                 *json,
     GError              **error)
{
  g_autoptr (FermataNodeType) type = g_object_new (made_get_type (), NULL);

  g_object_set_data (G_OBJECT (type), "json", json);

  return fermata_node_registry_try_add (registry, type, error);
}

#ifndef WRONG_ENTRY
G_MODULE_EXPORT gboolean
fermata_module_register (FermataNodeRegistry  *registry,
                         GError              **error)
{
#if defined (WRONG_NAME)
  return add (registry, (char *) "{\"name\":\"fresh\"}", error)
         && add (registry, (char *) "{\"name\":\"set\"}", error);
#elif defined (WRONG_TWICE)
  return add (registry, (char *) "{\"name\":\"fresh\"}", error)
         && add (registry, (char *) "{\"name\":\"fresh\"}", error);
#elif defined (WRONG_DESCRIPTION)
  return add (registry, (char *) "{\"title\":\"Nameless\"}", error);
#elif defined (WRONG_SILENT)
  return FALSE;
#else
  return add (registry, (char *) "{\"name\":\"fresh\"}", error);
#endif
}
#endif
