/* fermata-frame-path.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/moment/fermata-frame-path-private.h"

#include <string.h>

#include "engine/moment/fermata-body-private.h"

void
fermata_frame_path_add_step (GString               *path,
                             const FermataPlanNode *owner,
                             guint32                iteration,
                             const char            *body)
{
  g_string_append (path, owner->id);
  g_string_append_c (path, '/');
  if (fermata_plan_node_has_many_frames (owner))
    g_string_append_printf (path, "%u/", iteration);
  if (body != NULL)
    g_string_append_printf (path, "%s/", body);
}

void
fermata_frame_path_add_frame (GString             *path,
                              const FermataMoment *moment,
                              const FermataFrame  *frame)
{
  const FermataFrame *parent = fermata_moment_get_frame (moment, frame->parent);

  fermata_frame_path_add_step (path, &parent->plan->nodes[frame->owner], frame->iteration,
                               frame->plan->body_name);
}

/* From the frame outwards, without the root. */
static GPtrArray *
list_frames_around (FermataMoment *moment,
                    FermataFrame  *frame)
{
  GPtrArray *frames = g_ptr_array_new ();

  while (frame->parent != FERMATA_FRAME_NONE)
    {
      g_ptr_array_add (frames, frame);
      frame = fermata_moment_get_frame (moment, frame->parent);
    }

  return frames;
}

/**
 * fermata_moment_dup_frame_path:
 * @self: a moment
 * @frame: the number of a frame
 *
 * Tells what the paths of all places in a frame begin with: `orders/2/`.
 *
 * Returns: (transfer full) (nullable): the path, empty for the frame of the run
 *   itself; %NULL if there is no such frame under way
 */
char *
fermata_moment_dup_frame_path (FermataMoment *self,
                               guint          frame)
{
  g_autoptr (GPtrArray) frames = NULL;
  g_autoptr (GString) path = NULL;
  FermataFrame *found;

  g_return_val_if_fail (self != NULL, NULL);

  found = fermata_moment_get_frame (self, frame);
  if (found == NULL)
    return NULL;

  frames = list_frames_around (self, found);
  path = g_string_new (NULL);
  for (guint i = frames->len; i > 0; i--)
    fermata_frame_path_add_frame (path, self, frames->pdata[i - 1]);

  return g_string_free (g_steal_pointer (&path), FALSE);
}

static const char *
name_of (FermataPlan *plan,
         guint        local)
{
  return local < plan->n_nodes ? plan->nodes[local].id
                               : fermata_plan_get_edge_name (plan, local - plan->n_nodes);
}

/**
 * fermata_moment_dup_place_path:
 * @self: a moment
 * @frame: the number of a frame
 * @place: the place of a node or an edge of it, or FERMATA_PLACE_RUN for the
 *   frame as a whole
 *
 * Names a place of a run. Behind each node around it that has many frames stands
 * which of them it is: `orders/2/double`. The path of a frame ends with a slash;
 * those of the tasks of a state have the same. Once a frame has been left, nobody
 * knows any more which it was, and the name of the place in the graph has to do:
 * `orders/double`; see #FermataFramePaths for histories.
 *
 * Returns: (transfer full) (nullable): the path; %NULL for the run as a whole, and
 *   for a frame as a whole that is not under way
 */
char *
fermata_moment_dup_place_path (FermataMoment *self,
                               guint          frame,
                               guint32        place)
{
  g_autofree char *path = NULL;
  FermataPlan *plan;
  guint local;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (place == FERMATA_PLACE_RUN || place < self->root->plan->n_places, NULL);

  path = fermata_moment_dup_frame_path (self, frame);
  if (place == FERMATA_PLACE_RUN)
    return path != NULL && *path != '\0' ? g_steal_pointer (&path) : NULL;
  if (path == NULL)
    return fermata_plan_dup_place_name (self->root->plan, place);

  plan = fermata_plan_locate (self->root->plan, place, &local);

  return g_strconcat (path, name_of (plan, local), NULL);
}

/* Finding. @path is what is left of the path; each step takes something off it. */

/* What it begins with up to a slash, or all of it. */
static char *
dup_first (const char *path)
{
  return g_strndup (path, strcspn (path, "/"));
}

/* Whether it begins with what a frame is called; then the rest. */
static gboolean
take_step (const FermataMoment  *moment,
           const FermataFrame   *frame,
           const char          **path)
{
  g_autoptr (GString) step = g_string_new (NULL);

  fermata_frame_path_add_frame (step, moment, frame);
  if (strncmp (*path, step->str, step->len) == 0)
    {
      *path += step->len;
      return TRUE;
    }

  /* The slash behind the last step may be missing. */
  if (strncmp (*path, step->str, step->len - 1) != 0 || (*path)[step->len - 1] != '\0')
    return FALSE;
  *path += step->len - 1;

  return TRUE;
}

/* Of the frames of a state's tasks, all of which have one node, the one whose node
 * is named. */
static FermataFrame *
find_task (const FermataMoment  *moment,
           const FermataFrame   *frame,
           const char          **path)
{
  const GArray *invocations = frame->machine->invocations;

  for (guint i = 0; i < fermata_machine_get_n (invocations); i++)
    {
      guint32 number = g_array_index (invocations, FermataMachineInvocation, i).frame;
      FermataFrame *child = fermata_moment_get_frame (moment, number);
      const char *rest = *path;
      g_autofree char *id = NULL;

      if (child == NULL || !take_step (moment, child, &rest))
        continue;
      id = dup_first (rest);
      if (*rest != '\0' && !g_str_equal (id, child->plan->nodes[0].id))
        continue;
      *path = rest;
      return child;
    }

  return NULL;
}

/* An owner without many frames has one, or two while one of them closes. */
static FermataFrame *
find_among_few (const FermataMoment      *moment,
                const FermataBodyRecord  *body,
                const char              **path)
{
  guint32 index = 0;
  gpointer number;

  for (; fermata_trie_next (&body->open, index, FERMATA_TRIE_ANY, &index, &number); index++)
    {
      FermataFrame *child = fermata_moment_get_frame (moment, GPOINTER_TO_UINT (number) - 1);

      if (child != NULL && take_step (moment, child, path))
        return child;
    }

  return NULL;
}

static FermataFrame *
find_among_many (const FermataMoment      *moment,
                 const FermataBodyRecord  *body,
                 const char               *owner,
                 const char              **path)
{
  g_autofree char *text = NULL;
  FermataFrame *child;
  gpointer number;
  guint64 index;

  if ((*path)[strlen (owner)] != '/')
    return NULL;
  text = dup_first (*path + strlen (owner) + 1);
  if (!g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT32 - 1, &index, NULL))
    return NULL;

  number = fermata_trie_get (&body->open, index);
  child = number == NULL ? NULL : fermata_moment_get_frame (moment, GPOINTER_TO_UINT (number) - 1);

  return child != NULL && take_step (moment, child, path) ? child : NULL;
}

static FermataFrame *
find_child (const FermataMoment  *moment,
            const FermataFrame   *frame,
            const char          **path)
{
  g_autofree char *owner = dup_first (*path);
  FermataBodyRecord body;
  guint node;

  if (frame->machine != NULL)
    return find_task (moment, frame, path);
  if (!fermata_plan_find_node (frame->plan, owner, &node) || frame->plan->nodes[node].body == NULL)
    return NULL;

  body = fermata_body_read (frame, node);

  return fermata_plan_node_has_many_frames (&frame->plan->nodes[node])
         ? find_among_many (moment, &body, owner, path)
         : find_among_few (moment, &body, path);
}

static gboolean
find_place (const FermataFrame *frame,
            const char         *name,
            guint32            *place)
{
  FermataPlan *plan = frame->plan;
  guint local;

  if (*name == '\0')
    {
      *place = FERMATA_PLACE_RUN;
      return TRUE;
    }
  if (fermata_plan_find_node (plan, name, &local))
    *place = plan->first_place + local;
  else if (fermata_plan_find_edge (plan, name, &local))
    *place = plan->first_place + plan->n_nodes + local;
  else
    return FALSE;

  return TRUE;
}

/**
 * fermata_moment_find_path:
 * @self: a moment
 * @path: a path, as fermata_moment_dup_place_path() gives it, or one of a frame
 * @frame: (out): the number of the frame
 * @place: (out): the place of the node or edge, or FERMATA_PLACE_RUN if @path
 *   is that of a frame
 *
 * Finds a place in the frames that are under way.
 *
 * Returns: %FALSE if there is no such place in any of them
 */
gboolean
fermata_moment_find_path (FermataMoment *self,
                          const char    *path,
                          guint         *frame,
                          guint32       *place)
{
  FermataFrame *found;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (frame != NULL, FALSE);
  g_return_val_if_fail (place != NULL, FALSE);

  found = self->root;
  while (strchr (path, '/') != NULL)
    {
      found = find_child (self, found, &path);
      if (found == NULL)
        return FALSE;
    }
  *frame = found->number;

  return find_place (found, path, place);
}
