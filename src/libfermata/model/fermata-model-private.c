/* fermata-model-private.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "model/fermata-model-private.h"

#include <string.h>

const char *const fermata_body_names[FERMATA_MAX_BODIES + 1] = { "body", "catch", "finally", NULL };

const char *
fermata_body_name_intern (const char *name)
{
  for (guint i = 0; fermata_body_names[i] != NULL; i++)
    {
      if (strcmp (fermata_body_names[i], name) == 0)
        return fermata_body_names[i];
    }
  return NULL;
}

const char *
fermata_members_get_string (FermataValue *members,
                            const char   *name)
{
  FermataValue *value = fermata_value_get_member (members, name);

  if (value == NULL || fermata_value_get_kind (value) != FERMATA_VALUE_KIND_STRING)
    return NULL;
  return fermata_value_get_string (value, NULL);
}

void
fermata_release (gpointer object)
{
  static __thread GPtrArray *waiting;
  g_autoptr (GPtrArray) objects = NULL;

  if (waiting != NULL)
    {
      g_ptr_array_add (waiting, object);
      return;
    }

  objects = g_ptr_array_new ();
  waiting = objects;
  g_ptr_array_add (objects, object);
  while (objects->len > 0)
    g_object_unref (g_ptr_array_steal_index_fast (objects, objects->len - 1));
  waiting = NULL;
}

void
fermata_notify (gpointer    object,
                GParamSpec *pspec)
{
  static guint notify_signal;

  if (notify_signal == 0)
    notify_signal = g_signal_lookup ("notify", G_TYPE_OBJECT);
  /* A handler without detail hears of all, but counts for none in particular. */
  if (g_signal_has_handler_pending (object, notify_signal, 0, TRUE) ||
      g_signal_has_handler_pending (object, notify_signal, g_param_spec_get_name_quark (pspec), TRUE))
    g_object_notify_by_pspec (object, pspec);
}

char *
fermata_path_finish (GPtrArray *steps)
{
  GString *path = g_string_new (NULL);

  for (guint i = steps->len; i > 0; i--)
    {
      g_string_append_c (path, '/');
      g_string_append (path, g_ptr_array_index (steps, i - 1));
    }
  return g_string_free (path, FALSE);
}

/* The steps of a node up to its graph, which is given. */
static FermataGraph *
push_states (GPtrArray   *steps,
             FermataNode *node)
{
  gpointer owner = node;

  while (owner != NULL && FERMATA_IS_NODE (owner))
    {
      g_ptr_array_add (steps, g_strdup_printf ("%u", fermata_node_get_index (owner)));
      g_ptr_array_add (steps, g_strdup ("nodes"));
      owner = fermata_element_get_owner (owner);
    }
  return owner;
}

void
fermata_path_push_graph (GPtrArray    *steps,
                         FermataGraph *graph)
{
  while (graph != NULL && graph->owner != NULL)
    {
      FermataNodeParts *parts = graph->owner->parts;

      for (guint i = 0; i < parts->n_bodies; i++)
        {
          if (parts->bodies[i].graph == graph)
            g_ptr_array_add (steps, g_strdup (parts->bodies[i].name));
        }
      graph = push_states (steps, graph->owner);
    }
}

void
fermata_path_push_node (GPtrArray   *steps,
                        FermataNode *node)
{
  fermata_path_push_graph (steps, push_states (steps, node));
}
