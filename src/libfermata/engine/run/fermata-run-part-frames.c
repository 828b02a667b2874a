/* fermata-run-part-frames.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/run/fermata-run-part-private.h"

/*
 * What frames of the past have left: in one walk over the history, what is to be
 * said of each is worked out when it is left, and put into the frame around it.
 */

static void
value_unref (gpointer value)
{
  if (value != NULL)
    fermata_value_unref (value);
}

void
fermata_part_frame_init (FermataPartFrame *self,
                         FermataPartLevel *level,
                         FermataFrame     *past)
{
  *self = (FermataPartFrame) { .level = level, .past = past };
  self->changes = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) fermata_value_builder_unref);
  self->bodies = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
  if (level != NULL)
    self->marks = g_memdup2 (level->marks, (level->plan->n_nodes + 1) * sizeof *level->marks);
}

void
fermata_part_frame_clear (FermataPartFrame *self)
{
  g_free (self->marks);
  g_free (self->doubts);
  g_hash_table_unref (self->changes);
  g_hash_table_unref (self->bodies);
  g_clear_pointer (&self->left, fermata_value_builder_unref);
}

static void
frame_free (gpointer data)
{
  FermataPartFrame *self = data;

  fermata_part_frame_clear (self);
  g_free (self);
}

/* A walk over the history. @frames has, by number, those that are looked at. */
typedef struct {
  FermataMoment *moment;
  GHashTable *frames;
} Fold;

static FermataPartFrame *
find_frame (Fold    *self,
            guint32  number)
{
  return g_hash_table_lookup (self->frames, PART_KEY (number));
}

/* What variables have become */

static void
add_changes (FermataValueBuilder **builder,
             FermataValue         *changes)
{
  if (*builder == NULL)
    *builder = fermata_value_builder_new_array ();
  for (gsize i = 0; i < fermata_value_get_length (changes); i++)
    fermata_value_builder_add (*builder, fermata_value_get_element (changes, i));
}

static void
note_changes_of (FermataPartFrame *self,
                 guint             node,
                 FermataValue     *changes)
{
  FermataValueBuilder *builder = g_hash_table_lookup (self->changes, PART_KEY (node));

  if (builder != NULL)
    {
      add_changes (&builder, changes);
      return;
    }

  add_changes (&builder, changes);
  g_hash_table_insert (self->changes, PART_KEY (node), builder);
}

/* Of a node, and of the nodes that it is in, as far out as the variables are. */
static void
note_changes (Fold               *self,
              const FermataEvent *event)
{
  FermataValue *changes = event->payload == NULL ? NULL
                          : fermata_value_get_member (event->payload, "changes");
  FermataFrame *frame = changes == NULL ? NULL : fermata_moment_get_frame (self->moment, event->frame);
  guint node = frame == NULL ? 0 : event->place - frame->plan->first_place;

  while (frame != NULL)
    {
      FermataPartFrame *found = find_frame (self, frame->number);

      if (found != NULL && found->level != NULL)
        note_changes_of (found, node, changes);
      if (frame->variables != NULL || frame->parent == FERMATA_FRAME_NONE)
        return;
      if (found != NULL)
        add_changes (&found->left, changes);
      node = frame->owner;
      frame = fermata_moment_get_frame (self->moment, frame->parent);
    }
}

/* What a frame gives */

static gboolean
has_exit (FermataValue *left)
{
  return fermata_value_get_member (left, "exit") != NULL;
}

static void
set_if_any (FermataValueBuilder *builder,
            const char          *name,
            FermataValue        *value)
{
  if (value != NULL)
    fermata_value_builder_set (builder, name, value);
}

static void
set_outcome (FermataPartFrame    *self,
             FermataValue        *left,
             FermataValueBuilder *builder)
{
  FermataValue *error = fermata_value_get_member (left, "error");
  g_autoptr (FermataValue) timeless = error == NULL ? NULL : fermata_value_without_member (error, "moment");
  g_autoptr (FermataValue) changes = self->left == NULL ? NULL : fermata_value_builder_end (self->left);

  set_if_any (builder, "output", fermata_value_get_member (left, "output"));
  set_if_any (builder, "error", timeless);
  set_if_any (builder, "exit", fermata_value_get_member (left, "exit"));
  set_if_any (builder, "changes", changes);
  fermata_value_builder_set_string (builder, "by", "history");
}

/* All of it as it was; NULL if it did not come to its end. */
static FermataValue *
make_whole (FermataPartFrame *self,
            FermataValue     *left)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();

  if (left == NULL
      || (fermata_value_get_member (left, "output") == NULL && fermata_value_get_member (left, "error") == NULL
          && !has_exit (left) && self->past->is_closing))
    return NULL;

  set_outcome (self, left, builder);

  return fermata_value_builder_end (builder);
}

/* What it has to find again, that it may be taken from the history. */
static void
set_expects (FermataPartFrame    *self,
             FermataValueBuilder *builder)
{
  g_autoptr (FermataValueBuilder) expects = fermata_value_builder_new_object ();
  g_autoptr (FermataValue) none = fermata_value_new_null ();
  g_autoptr (FermataValue) value = NULL;
  FermataPlanNode *owner = &self->owner->level->plan->nodes[self->owner->node];

  fermata_value_builder_set (expects, "input", self->past->input != NULL ? self->past->input : none);
  if (self->past->inputs != NULL)
    fermata_value_builder_set (expects, "inputs", self->past->inputs);
  if (fermata_mentions_has_word (owner->members, "iteration"))
    fermata_value_builder_set_integer (expects, "count", self->past->count);
  value = fermata_value_builder_end (expects);
  fermata_value_builder_set (builder, "expects", value);
}

/* A pin is no news of what the frame would give; what it gives may depend on what
 * is said of its node. */
static gboolean
ended_as_it_would (FermataPartFrame *self,
                   FermataValue     *left)
{
  FermataValue *by = left == NULL ? NULL : fermata_value_get_member (left, "by");

  return left != NULL && (by == NULL || g_strcmp0 (fermata_value_get_string (by, NULL), "history") == 0)
         && (fermata_value_get_member (left, "output") != NULL || has_exit (left));
}

static FermataValue *
make_if_unchanged (FermataPartFrame *self,
                   FermataValue     *left)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();

  if (!ended_as_it_would (self, left) || self->level->has_changed
      || (self->level->scope != NULL && (self->level->scope->has & PART_HAS_PINS) != 0))
    return NULL;

  set_expects (self, builder);
  set_outcome (self, left, builder);

  return fermata_value_builder_end (builder);
}

/* A machine has no part, and of a frame that was given there is nothing else. */
static gboolean
has_parts (FermataPartFrame *self)
{
  return self->past->machine == NULL && self->level->plan->kind == FERMATA_GRAPH_KIND_DAG
         && (self->past->part == NULL || fermata_value_get_member (self->past->part, "by") == NULL);
}

/* Of a body that is tried again, and of what follows a failure, nothing is taken. */
static FermataValue *
make_changed (FermataPartFrame *self,
              FermataValue     *left)
{
  g_autoptr (FermataValueBuilder) builder = NULL;
  g_autoptr (FermataValue) whole = NULL;

  if (self->index > 0 && fermata_path_get_body_name (&self->owner->level->plan->nodes[self->owner->node],
                                                     self->index) != NULL)
    return NULL;

  whole = make_if_unchanged (self, left);
  if (whole != NULL || !has_parts (self) || self->level->past_plan == NULL)
    return g_steal_pointer (&whole);

  fermata_part_frame_select_changed (self);
  if (!fermata_part_give (self, NULL))
    return NULL;

  builder = fermata_value_builder_new_object ();
  set_expects (self, builder);
  fermata_part_add_nodes (self, builder);
  if (!fermata_part_add_bodies (self, builder, NULL))
    return NULL;

  return fermata_value_builder_end (builder);
}

/* What was named by an index has to be there; of what was named in every frame, a
 * frame of which something is missing runs as a whole. */
static gboolean
make_part (FermataPartFrame  *self,
           FermataValue     **part,
           GError           **error)
{
  FermataPartBody *body = self->owner->body;
  gboolean is_named = body != NULL && self->level->scope != NULL && self->level->scope != body->every;
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  g_autoptr (GError) problem = NULL;

  *part = NULL;
  if (!fermata_part_give (self, &problem))
    {
      if (is_named)
        g_propagate_error (error, g_steal_pointer (&problem));
      return !is_named;
    }

  fermata_part_add_nodes (self, builder);
  if (!fermata_part_add_bodies (self, builder, error))
    return FALSE;
  *part = fermata_value_builder_end (builder);

  return TRUE;
}

/* @left is what was said when it was left, NULL if it was not. */
static gboolean
make_entry (FermataPartFrame  *self,
            FermataValue      *left,
            FermataValue     **entry,
            GError           **error)
{
  *entry = NULL;
  if (self->kind == FERMATA_PART_FRAME_IS_GIVEN)
    *entry = make_whole (self, left);
  else if (self->level->work->part->changed)
    *entry = make_changed (self, left);
  else
    return make_part (self, entry, error);

  return TRUE;
}

/* The walk */

static GPtrArray *
ensure_entries (FermataPartFrame *self,
                guint             node)
{
  GPtrArray *entries = g_hash_table_lookup (self->bodies, PART_KEY (node));

  if (entries == NULL)
    {
      entries = g_ptr_array_new_with_free_func (value_unref);
      g_hash_table_insert (self->bodies, PART_KEY (node), entries);
    }

  return entries;
}

/* Which body of a node it runs, or which of its frames it is. */
static guint32
index_of (const FermataFrame *frame,
          const FermataFrame *parent)
{
  const FermataPlanNode *owner = &parent->plan->nodes[frame->owner];

  if (fermata_path_get_body_name (owner, 0) == NULL)
    return frame->iteration;
  for (guint i = 0; i < 3; i++)
    {
      if (fermata_path_get_body (owner, i) == frame->plan)
        return i;
    }

  return 0;
}

/* The first frame of a node is that of a new attempt: those before count no more. */
static gboolean
enter (Fold                *self,
       const FermataEvent  *event,
       GError             **error)
{
  FermataPartFrame *around = find_frame (self, event->frame);
  FermataValue *number = fermata_value_get_member (event->payload, "frame");
  FermataFrame *frame = fermata_moment_get_frame (self->moment, (guint32) fermata_value_get_integer (number));
  FermataFrame *parent = fermata_moment_get_frame (self->moment, event->frame);
  FermataPartOwner *owner;
  FermataPartFrameKind kind;
  FermataPartLevel *level;
  FermataPartFrame *entered;
  guint32 index;

  if (around == NULL || around->level == NULL || around->level->past_plan == NULL || frame == NULL
      || parent == NULL || around->level->now[frame->owner] == FERMATA_INDEX_NONE)
    return TRUE;
  owner = fermata_part_level_get_owner (around->level, around->level->now[frame->owner]);
  if (owner == NULL)
    return TRUE;

  index = index_of (frame, parent);
  if (index == 0)
    g_hash_table_remove (around->bodies, PART_KEY (owner->node));
  if (!fermata_part_owner_look (owner, index, &kind, &level, error))
    return FALSE;

  if (index >= ensure_entries (around, owner->node)->len)
    g_ptr_array_set_size (ensure_entries (around, owner->node), (gint) index + 1);
  if (kind == FERMATA_PART_FRAME_RUNS || kind == FERMATA_PART_FRAME_IS_PINNED)
    return TRUE;

  entered = g_new0 (FermataPartFrame, 1);
  fermata_part_frame_init (entered, level, NULL);
  entered->owner = owner;
  entered->index = index;
  entered->kind = kind;
  g_hash_table_insert (self->frames, PART_KEY (frame->number), entered);

  return TRUE;
}

static gboolean
leave (Fold          *self,
       guint32        number,
       FermataValue  *left,
       GError       **error)
{
  FermataPartFrame *frame = find_frame (self, number);
  FermataValue *entry = NULL;
  FermataPartFrame *around;
  GPtrArray *entries;
  gboolean is_there;

  if (frame == NULL)
    return TRUE;

  frame->past = fermata_moment_get_frame (self->moment, number);
  if (frame->past == NULL)
    return TRUE;
  is_there = make_entry (frame, left, &entry, error);
  around = find_frame (self, frame->past->parent);
  entries = around == NULL ? NULL : g_hash_table_lookup (around->bodies, PART_KEY (frame->owner->node));
  if (entries != NULL && frame->index < entries->len)
    {
      g_clear_pointer (&entries->pdata[frame->index], fermata_value_unref);
      entries->pdata[frame->index] = g_steal_pointer (&entry);
    }
  g_clear_pointer (&entry, fermata_value_unref);
  g_hash_table_remove (self->frames, PART_KEY (number));

  return is_there;
}

static gboolean
step (Fold                *self,
      const FermataEvent  *event,
      GError             **error)
{
  if (event->kind == FERMATA_EVENT_ASSIGNED || event->kind == FERMATA_EVENT_NODE_GIVEN
      || event->kind == FERMATA_EVENT_FRAME_LEFT)
    note_changes (self, event);
  if (event->kind == FERMATA_EVENT_FRAME_LEFT
      && !leave (self, (guint32) fermata_value_get_integer (fermata_value_get_member (event->payload, "frame")),
                 event->payload, error))
    return FALSE;

  fermata_moment_apply (self->moment, event);

  return event->kind != FERMATA_EVENT_FRAME_ENTERED || enter (self, event, error);
}

static int
compare_numbers (gconstpointer a,
                 gconstpointer b)
{
  guint one = PART_NUMBER (*(gpointer const *) a);
  guint other = PART_NUMBER (*(gpointer const *) b);

  return one > other ? -1 : one < other;
}

/* Those that were not left, the innermost first. */
static gboolean
leave_all (Fold    *self,
           GError **error)
{
  guint n;
  g_autofree gpointer *numbers = g_hash_table_get_keys_as_array (self->frames, &n);

  if (n > 0)
    qsort (numbers, n, sizeof *numbers, compare_numbers);
  for (guint i = 0; i < n; i++)
    {
      guint32 number = PART_NUMBER (numbers[i]);

      if (number != 0 && !leave (self, number, NULL, error))
        return FALSE;
    }

  return TRUE;
}

static void
frame_free_unless_root (gpointer data)
{
  if (((FermataPartFrame *) data)->owner != NULL)
    frame_free (data);
}

gboolean
fermata_part_fold (FermataPartWork   *work,
                   FermataPartFrame  *root,
                   GError           **error)
{
  FermataHistory *history = work->part->history;
  g_autoptr (FermataMoment) moment = fermata_moment_new (fermata_history_get_plan (history));
  Fold fold = { .moment = moment };
  gboolean is_there = TRUE;
  guint64 n_events = fermata_history_get_n_events (history);

  fold.frames = g_hash_table_new_full (NULL, NULL, NULL, frame_free_unless_root);
  g_hash_table_insert (fold.frames, PART_KEY (0), root);
  for (guint64 n = 1; is_there && n <= n_events; n++)
    is_there = step (&fold, fermata_history_get_event (history, n), error);
  is_there = is_there && leave_all (&fold, error);
  g_hash_table_unref (fold.frames);

  return is_there;
}
