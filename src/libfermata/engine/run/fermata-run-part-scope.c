/* fermata-run-part-scope.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/run/fermata-run-part-private.h"

/*
 * Paths, sorted by where they lead: a tree like that of plans, with branches for
 * single frames and for every other. What is said of every frame is in the branches
 * of single ones too, so that each branch has all that counts in its frame.
 */

/* One wish: @what is one of PART_HAS_…; a pin has a value. */
typedef struct {
  FermataPath *path;
  guint8 what;
  FermataValue *pin;
} Wish;

static void body_free (FermataPartBody *self);

static void
pin_free (gpointer value)
{
  fermata_value_unref (value);
}

static FermataPartScope *
scope_new (void)
{
  FermataPartScope *self = g_new0 (FermataPartScope, 1);

  self->from = g_hash_table_new (NULL, NULL);
  self->until = g_hash_table_new (NULL, NULL);
  self->only = g_hash_table_new (NULL, NULL);
  self->pins = g_hash_table_new_full (NULL, NULL, NULL, pin_free);
  self->bodies = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) body_free);

  return self;
}

/* As deep as a path that somebody wrote. */
void
fermata_part_scope_free (FermataPartScope *self)
{
  g_clear_pointer (&self->pin, fermata_value_unref);
  g_hash_table_unref (self->from);
  g_hash_table_unref (self->until);
  g_hash_table_unref (self->only);
  g_hash_table_unref (self->pins);
  g_hash_table_unref (self->bodies);
  g_free (self);
}

static FermataPartBody *
body_new (void)
{
  FermataPartBody *self = g_new0 (FermataPartBody, 1);

  self->at = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) fermata_part_scope_free);

  return self;
}

static void
body_free (FermataPartBody *self)
{
  g_clear_pointer (&self->every, fermata_part_scope_free);
  g_hash_table_unref (self->at);
  g_free (self);
}

FermataPartBody *
fermata_part_scope_get_body (FermataPartScope *self,
                             guint             node)
{
  return self == NULL ? NULL : g_hash_table_lookup (self->bodies, PART_KEY (node));
}

FermataPartScope *
fermata_part_body_get_scope (FermataPartBody *self,
                             guint            index)
{
  FermataPartScope *at = self == NULL ? NULL : g_hash_table_lookup (self->at, PART_KEY (index));

  return at != NULL ? at : self == NULL ? NULL : self->every;
}

FermataValue *
fermata_part_scope_get_pin (FermataPartScope *self,
                            guint             node)
{
  return self == NULL ? NULL : g_hash_table_lookup (self->pins, PART_KEY (node));
}

/* Of the whole frame. The one that was put there first counts: those that say more
 * precisely where come first. */
static void
set_whole (FermataPartScope *self,
           const Wish       *wish)
{
  self->whole |= wish->what;
  if (wish->what == PART_HAS_PINS && self->pin == NULL)
    self->pin = fermata_value_ref (wish->pin);
}

static void
set_node (FermataPartScope *self,
          const Wish       *wish)
{
  gpointer key = PART_KEY (wish->path->node);

  if (wish->what == PART_HAS_PINS)
    {
      if (!g_hash_table_contains (self->pins, key))
        g_hash_table_insert (self->pins, key, fermata_value_ref (wish->pin));
      return;
    }

  g_hash_table_add (wish->what == PART_HAS_FROM ? self->from
                    : wish->what == PART_HAS_UNTIL ? self->until : self->only, key);
}

static FermataPartBody *
ensure_body (FermataPartScope *self,
             guint             owner)
{
  FermataPartBody *body = g_hash_table_lookup (self->bodies, PART_KEY (owner));

  if (body == NULL)
    {
      body = body_new ();
      g_hash_table_insert (self->bodies, PART_KEY (owner), body);
    }

  return body;
}

static FermataPartScope *
ensure_at (FermataPartBody *self,
           guint32          index)
{
  FermataPartScope *scope = g_hash_table_lookup (self->at, PART_KEY (index));

  if (scope == NULL)
    {
      scope = scope_new ();
      g_hash_table_insert (self->at, PART_KEY (index), scope);
    }

  return scope;
}

/* Where a wish is on its way. */
typedef struct {
  FermataPartScope *scope;
  guint step;
} Place;

static void
push (GArray           *stack,
      FermataPartScope *scope,
      guint             step)
{
  Place place = { scope, step };

  g_array_append_val (stack, place);
}

static void
step_into (GArray     *stack,
           Place       place,
           const Wish *wish)
{
  FermataPathStep step = g_array_index (wish->path->steps, FermataPathStep, place.step);
  FermataPartBody *body = ensure_body (place.scope, step.owner);
  GHashTableIter iter;
  gpointer scope;

  body->has |= wish->what;
  if (step.index != FERMATA_PATH_EVERY)
    {
      FermataPartScope *at = ensure_at (body, step.index);

      at->own |= wish->what;
      push (stack, at, place.step + 1);
      return;
    }

  if (body->every == NULL)
    body->every = scope_new ();
  push (stack, body->every, place.step + 1);
  g_hash_table_iter_init (&iter, body->at);
  while (g_hash_table_iter_next (&iter, NULL, &scope))
    push (stack, scope, place.step + 1);
}

static void
add_wish (FermataPartScope *self,
          const Wish       *wish)
{
  g_autoptr (GArray) stack = g_array_new (FALSE, FALSE, sizeof (Place));

  push (stack, self, 0);
  while (stack->len > 0)
    {
      Place place = g_array_index (stack, Place, stack->len - 1);

      g_array_set_size (stack, stack->len - 1);
      place.scope->has |= wish->what;
      if (place.step < wish->path->steps->len)
        step_into (stack, place, wish);
      else if (wish->path->node == FERMATA_INDEX_NONE)
        set_whole (place.scope, wish);
      else
        set_node (place.scope, wish);
    }
}

/* Wishes */

static void
wish_clear (gpointer data)
{
  Wish *self = data;

  g_clear_pointer (&self->path, fermata_path_free);
}

static gboolean
collect (GArray        *wishes,
         FermataPlan   *root,
         const char    *text,
         guint8         what,
         FermataValue  *pin,
         GError       **error)
{
  Wish wish = { fermata_path_parse (root, text, error), what, pin };

  if (wish.path == NULL)
    return FALSE;

  g_array_append_val (wishes, wish);

  return TRUE;
}

static gboolean
collect_all (FermataRunPart  *part,
             FermataPlan     *root,
             GArray          *wishes,
             GError         **error)
{
  GPtrArray *lists[] = { part->from, part->until, part->only };
  GHashTableIter iter;
  gpointer text, pin;

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      for (guint k = 0; k < lists[i]->len; k++)
        {
          if (!collect (wishes, root, lists[i]->pdata[k], 1 << i, NULL, error))
            return FALSE;
        }
    }

  g_hash_table_iter_init (&iter, part->pins);
  while (g_hash_table_iter_next (&iter, &text, &pin))
    {
      if (!collect (wishes, root, text, PART_HAS_PINS, pin, error))
        return FALSE;
    }

  return TRUE;
}

static guint
count_indices (const Wish *wish)
{
  guint n = 0;

  for (guint i = 0; i < wish->path->steps->len; i++)
    n += g_array_index (wish->path->steps, FermataPathStep, i).index != FERMATA_PATH_EVERY;

  return n;
}

/* Those that say more precisely where first; else those that do so further out. */
static int
compare_wishes (gconstpointer a,
                gconstpointer b)
{
  GArray *steps = ((const Wish *) a)->path->steps;
  GArray *others = ((const Wish *) b)->path->steps;
  guint one = count_indices (a);
  guint other = count_indices (b);

  for (guint i = 0; one == other && i < MIN (steps->len, others->len); i++)
    {
      gboolean is_every = g_array_index (steps, FermataPathStep, i).index == FERMATA_PATH_EVERY;

      if (is_every != (g_array_index (others, FermataPathStep, i).index == FERMATA_PATH_EVERY))
        return is_every ? 1 : -1;
    }

  return one > other ? -1 : one < other;
}

static guint
count_steps (GArray *wishes)
{
  guint most = 0;

  for (guint i = 0; i < wishes->len; i++)
    most = MAX (most, g_array_index (wishes, Wish, i).path->steps->len);

  return most;
}

/* What is said of every frame goes into the branches of single ones that there are:
 * at each depth, these have to be there first. */
FermataPartScope *
fermata_part_scope_new (FermataRunPart  *part,
                        FermataPlan     *root,
                        GError         **error)
{
  g_autoptr (GArray) wishes = g_array_new (FALSE, FALSE, sizeof (Wish));
  FermataPartScope *self;
  guint n_rounds;

  g_array_set_clear_func (wishes, wish_clear);
  if (!collect_all (part, root, wishes, error))
    return NULL;

  g_array_sort (wishes, compare_wishes);
  self = scope_new ();
  n_rounds = 1 + count_steps (wishes);
  for (guint round = 0; round < n_rounds; round++)
    {
      for (guint i = 0; i < wishes->len; i++)
        add_wish (self, &g_array_index (wishes, Wish, i));
    }

  return self;
}
