/* fermata-run-part-bodies.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/run/fermata-run-part-private.h"

/*
 * What a start says of the frames of a node: of those that the history has, of
 * those that the command names, of every other (see fermata-frame-part-private.h).
 */

/* An index that nobody names */
#define ANY_INDEX (FERMATA_PATH_EVERY - 2)

static FermataValue *
make_pinned (FermataValue *pin)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();

  fermata_value_builder_set (builder, "output", pin);
  fermata_value_builder_set_string (builder, "by", "pin");

  return fermata_value_builder_end (builder);
}

static FermataValue *
make_left_out (void)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();

  fermata_value_builder_set_string (builder, "by", "part");

  return fermata_value_builder_end (builder);
}

/* Of a frame that is not in the history. Of what has changed it is all new. */
static gboolean
make_without_history (FermataPartLevel  *level,
                      FermataValue     **part,
                      GError           **error)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  FermataPartFrame frame;
  gboolean is_there;

  fermata_part_frame_init (&frame, level, NULL);
  for (guint i = 0; level->work->part->changed && i < level->plan->n_nodes; i++)
    {
      if ((frame.marks[i] & PART_GIVEN) == 0)
        frame.marks[i] |= PART_RUNS;
    }
  is_there = fermata_part_give (&frame, error);
  if (is_there)
    {
      fermata_part_add_nodes (&frame, builder);
      is_there = fermata_part_add_bodies (&frame, builder, error);
    }
  fermata_part_frame_clear (&frame);
  *part = is_there ? fermata_value_builder_end (builder) : NULL;
  if (*part != NULL && fermata_value_get_length (*part) == 0)
    g_clear_pointer (part, fermata_value_unref);

  return is_there;
}

static gboolean
is_only (FermataPartOwner *self)
{
  return self->level->work->part->only->len > 0;
}

/* What is said of a frame without the history, NULL if that is nothing. Of every
 * frame, and where there is a history, nothing is said in place of what is missing:
 * then all of it runs. */
static gboolean
make_static (FermataPartOwner  *self,
             guint32            index,
             FermataValue     **part,
             GError           **error)
{
  FermataPartScope *scope = fermata_part_body_get_scope (self->body, index);
  gboolean may_lack = self->level->work->past_plan != NULL
                      && (index == ANY_INDEX || self->level->work->part->changed);
  FermataPartFrameKind kind;
  FermataPartLevel *level;

  *part = NULL;
  if (!fermata_part_owner_look (self, index, &kind, &level, error))
    return FALSE;
  if (kind == FERMATA_PART_FRAME_RUNS)
    return TRUE;
  if (kind == FERMATA_PART_FRAME_IS_PINNED)
    {
      *part = make_pinned (scope->pin);
      return TRUE;
    }
  if (kind == FERMATA_PART_FRAME_IS_GIVEN)
    {
      *part = is_only (self) ? make_left_out () : NULL;
      return TRUE;
    }
  if (self->level->work->part->changed && (scope == NULL || (scope->has & PART_HAS_PINS) == 0))
    return TRUE;

  return make_without_history (level, part, may_lack ? NULL : error) || may_lack;
}

/* What holds where the history does not, or does not any more. */
static gboolean
with_else (FermataPartOwner  *self,
           guint32            index,
           FermataValue      *known,
           FermataValue     **part,
           GError           **error)
{
  g_autoptr (FermataValue) otherwise = NULL;

  *part = known == NULL ? NULL : fermata_value_ref (known);
  if (known != NULL && fermata_value_get_member (known, "expects") == NULL)
    return TRUE;

  if (!make_static (self, index, &otherwise, error))
    {
      g_clear_pointer (part, fermata_value_unref);
      return FALSE;
    }
  if (known == NULL)
    {
      *part = g_steal_pointer (&otherwise);
    }
  else if (otherwise != NULL)
    {
      g_clear_pointer (part, fermata_value_unref);
      *part = fermata_value_with_member (known, "else", otherwise);
    }

  return TRUE;
}

/* Frames with an index that the command names, or with a body's name. */
static gboolean
add_at (FermataPartOwner     *self,
        guint32               index,
        const char           *name,
        GPtrArray            *entries,
        FermataValueBuilder  *builder,
        GError              **error)
{
  FermataValue *known = entries != NULL && index < entries->len ? entries->pdata[index] : NULL;
  g_autoptr (FermataValue) part = NULL;

  if (!with_else (self, index, known, &part, error))
    return FALSE;
  if (part != NULL)
    fermata_value_builder_set (builder, name, part);

  return TRUE;
}

static int
compare_keys (gconstpointer a,
              gconstpointer b)
{
  guint one = GPOINTER_TO_UINT (*(gpointer const *) a);
  guint other = GPOINTER_TO_UINT (*(gpointer const *) b);

  return one < other ? -1 : one > other;
}

static gboolean
add_named (FermataPartOwner     *self,
           GPtrArray            *entries,
           FermataValueBuilder  *builder,
           GError              **error)
{
  const FermataPlanNode *owner = &self->level->plan->nodes[self->node];
  guint n = 0;
  g_autofree gpointer *keys = self->body == NULL ? NULL : g_hash_table_get_keys_as_array (self->body->at, &n);

  if (fermata_path_get_body_name (owner, 0) != NULL)
    {
      for (guint i = 0; i < 3; i++)
        {
          const char *name = fermata_path_get_body_name (owner, i);

          if (name != NULL && !add_at (self, i, name, entries, builder, error))
            return FALSE;
        }
      return TRUE;
    }

  if (n > 0)
    qsort (keys, n, sizeof *keys, compare_keys);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", PART_NUMBER (keys[i]));

      if (!add_at (self, PART_NUMBER (keys[i]), name, entries, builder, error))
        return FALSE;
    }

  return TRUE;
}

static FermataValue *
make_frames (FermataPartOwner *self,
             GPtrArray        *entries)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_array ();
  g_autoptr (FermataValue) none = fermata_value_new_null ();
  guint n = entries == NULL ? 0 : entries->len;

  while (n > 0 && entries->pdata[n - 1] == NULL)
    n--;
  for (guint i = 0; i < n; i++)
    fermata_value_builder_add (builder, entries->pdata[i] != NULL ? entries->pdata[i] : none);

  return fermata_value_builder_end (builder);
}

/* Frames before the first one that runs have to give something. */
static gboolean
check_before (FermataPartOwner  *self,
              GPtrArray         *entries,
              GError           **error)
{
  const char *id = self->level->plan->nodes[self->node].id;
  guint n = entries == NULL ? 0 : entries->len;
  gboolean runs_from = !is_only (self) && (self->marks & PART_BODY_IS_AFTER) == 0
                       && !self->level->work->part->changed;

  if (!runs_from || self->first == G_MAXUINT32
      || fermata_path_get_body_name (&self->level->plan->nodes[self->node], 0) != NULL)
    return TRUE;

  for (guint32 i = 0; i < self->first; i++)
    {
      FermataPartScope *scope = fermata_part_body_get_scope (self->body, i);

      if (scope != NULL && (scope->pin != NULL || (scope->has & PART_HAS_FROM) != 0))
        continue;
      if (i < n ? entries->pdata[i] != NULL : n > 0)
        {
          if (i >= n)
            return TRUE;
          continue;
        }

      g_set_error (error, FERMATA_ENGINE_ERROR, FERMATA_ENGINE_ERROR_PART,
                   "“%s%s/%u” is left out, and %s", self->level->path, id, i,
                   i < n ? "did not end well in the history"
                         : self->level->work->past_plan != NULL ? "is not in the history"
                                                                : "nothing is known of what it gives");
      return FALSE;
    }

  return TRUE;
}

static gboolean
make_owner (FermataPartOwner  *self,
            GPtrArray         *entries,
            FermataValue     **said,
            GError           **error)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  g_autoptr (FermataValueBuilder) at = fermata_value_builder_new_object ();
  g_autoptr (FermataValue) named = NULL;
  g_autoptr (FermataValue) frames = NULL;
  g_autoptr (FermataValue) every = NULL;
  gboolean has_several = fermata_path_get_body_name (&self->level->plan->nodes[self->node], 0) != NULL;

  *said = NULL;
  if (!check_before (self, entries, error) || !add_named (self, entries, at, error)
      || (!has_several && !make_static (self, ANY_INDEX, &every, error)))
    return FALSE;

  named = fermata_value_builder_end (at);
  frames = make_frames (self, has_several ? NULL : entries);
  if (fermata_value_get_length (named) > 0)
    fermata_value_builder_set (builder, "at", named);
  if (fermata_value_get_length (frames) > 0)
    fermata_value_builder_set (builder, "frames", frames);
  if (every != NULL)
    fermata_value_builder_set (builder, "every", every);
  if (fermata_part_owner_get_limit (self) != G_MAXUINT32)
    fermata_value_builder_set_integer (builder, "limit", fermata_part_owner_get_limit (self));
  *said = fermata_value_builder_end (builder);
  if (fermata_value_get_length (*said) == 0)
    g_clear_pointer (said, fermata_value_unref);

  return TRUE;
}

/* Where more of a frame runs than of others, what is in it may see that. */
static gboolean
may_see_more (FermataPartFrame *self,
              guint             node)
{
  FermataMentions *mentions = fermata_part_get_mentions (self->level, node);

  return self->is_extended
         && (mentions->nodes.all || mentions->variables.all
             || g_hash_table_size (mentions->nodes.names) > 0
             || g_hash_table_size (mentions->variables.names) > 0);
}

gboolean
fermata_part_add_bodies (FermataPartFrame     *self,
                         FermataValueBuilder  *builder,
                         GError              **error)
{
  g_autoptr (FermataValueBuilder) bodies = fermata_value_builder_new_object ();
  g_autoptr (FermataValue) all = NULL;
  FermataPlan *plan = self->level->plan;

  for (guint i = 0; plan->n_bodies > 0 && i < plan->n_nodes; i++)
    {
      FermataPartOwner *owner = (self->marks[i] & PART_RUNS) != 0
                                ? fermata_part_level_get_owner (self->level, i) : NULL;
      GPtrArray *entries = owner == NULL || may_see_more (self, i)
                           ? NULL : g_hash_table_lookup (self->bodies, PART_KEY (i));
      g_autoptr (FermataValue) said = NULL;

      if (owner == NULL)
        continue;
      if (!make_owner (owner, entries, &said, error))
        return FALSE;
      if (said != NULL)
        fermata_value_builder_set (bodies, plan->nodes[i].id, said);
    }

  all = fermata_value_builder_end (bodies);
  if (fermata_value_get_length (all) > 0)
    fermata_value_builder_set (builder, "bodies", all);

  return TRUE;
}
