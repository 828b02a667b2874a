/* fermata-plan-path.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/plan/fermata-plan-path-private.h"

#include <string.h>

#include "engine/fermata-engine.h"

static gboolean
has_several (const FermataPlanNode *owner)
{
  return owner->body != NULL && owner->body->body_name != NULL;
}

FermataPlan *
fermata_path_get_body (const FermataPlanNode *owner,
                       guint                  index)
{
  if (!has_several (owner) || index == 0)
    return owner->body;

  return index == 1 ? owner->catch_body : index == 2 ? owner->finally_body : NULL;
}

const char *
fermata_path_get_body_name (const FermataPlanNode *owner,
                            guint                  index)
{
  FermataPlan *body = has_several (owner) ? fermata_path_get_body (owner, index) : NULL;

  return body == NULL ? NULL : body->body_name;
}

gboolean
fermata_path_find_body (const FermataPlanNode *owner,
                        const char            *name,
                        guint32               *index)
{
  for (*index = 0; name != NULL && *index < 3; (*index)++)
    {
      if (g_strcmp0 (fermata_path_get_body_name (owner, *index), name) == 0)
        return TRUE;
    }

  return FALSE;
}

void
fermata_path_free (FermataPath *self)
{
  g_array_unref (self->steps);
  g_free (self);
}

static gboolean
refuse (GError     **error,
        const char  *path,
        const char  *format,
        ...) G_GNUC_PRINTF (3, 4);

static gboolean
refuse (GError     **error,
        const char  *path,
        const char  *format,
        ...)
{
  g_autofree char *problem = NULL;
  va_list arguments;

  va_start (arguments, format);
  problem = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, FERMATA_ENGINE_ERROR, FERMATA_ENGINE_ERROR_PART, "Path “%s”: %s", path, problem);

  return FALSE;
}

static gboolean
read_index (const char *text,
            guint32    *index)
{
  guint64 number;

  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, 0, FERMATA_PATH_EVERY - 2, &number, NULL))
    return FALSE;

  *index = (guint32) number;

  return TRUE;
}

/* Takes what says which frames off the names. */
static gboolean
take_step (FermataPath           *self,
           const char            *path,
           const FermataPlanNode *owner,
           FermataPathStep       *step,
           char                ***names,
           GError               **error)
{
  step->index = FERMATA_PATH_EVERY;
  if (has_several (owner))
    {
      if (!fermata_path_find_body (owner, (*names)[0], &step->index))
            return refuse (error, path, "behind “%s” must stand which of its bodies is meant: body%s%s",
                       owner->id, owner->catch_body != NULL ? ", catch" : "",
                       owner->finally_body != NULL ? ", finally" : "");
      (*names)++;
    }
  else if (fermata_plan_node_has_many_frames (owner) && read_index ((*names)[0], &step->index))
    {
      (*names)++;
    }

  step->plan = fermata_path_get_body (owner, has_several (owner) ? step->index : 0);
  g_array_append_val (self->steps, *step);
  self->plan = step->plan;

  return TRUE;
}

static gboolean
enter (FermataPath   *self,
       const char    *path,
       char        ***names,
       GError       **error)
{
  FermataPathStep step = { 0, };
  const FermataPlanNode *owner;

  if (!fermata_plan_find_node (self->plan, (*names)[0], &step.owner))
    return refuse (error, path, "there is no node “%s”", (*names)[0]);

  owner = &self->plan->nodes[step.owner];
  (*names)++;
  if ((*names)[0] == NULL)
    {
      self->node = step.owner;
      return TRUE;
    }
  if (owner->body == NULL)
    return refuse (error, path, "the node “%s” has no body", owner->id);
  if (!take_step (self, path, owner, &step, names, error))
    return FALSE;
  if (self->plan->kind == FERMATA_GRAPH_KIND_FSM && (*names)[0] != NULL)
    return refuse (error, path, "“%s” runs a state machine, which runs as a whole, and not in part",
                   owner->id);

  return TRUE;
}

FermataPath *
fermata_path_parse (FermataPlan  *root,
                    const char   *text,
                    GError      **error)
{
  g_autoptr (FermataPath) self = g_new0 (FermataPath, 1);
  g_auto (GStrv) names = g_strsplit (text, "/", -1);
  char **rest = names;

  self->steps = g_array_new (FALSE, FALSE, sizeof (FermataPathStep));
  self->plan = root;
  self->node = FERMATA_INDEX_NONE;
  do
    {
      if (!enter (self, text, &rest, error))
        return NULL;
    }
  while (rest[0] != NULL);

  return g_steal_pointer (&self);
}
