/* fermata-frame-part.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/moment/fermata-frame-part-private.h"

#include "engine/moment/fermata-body-private.h"

static FermataValue *
member (FermataValue *object,
        const char   *name)
{
  return object == NULL ? NULL : fermata_value_get_member (object, name);
}

/* What is said of the frames of a node. */
static FermataValue *
get_body (const FermataFrame *frame,
          guint               node)
{
  FermataValue *bodies = member (frame->part, "bodies");

  return bodies == NULL || node >= frame->plan->n_nodes
         ? NULL : fermata_value_get_member (bodies, frame->plan->nodes[node].id);
}

static FermataValue *
get_of_index (FermataValue       *body,
              const FermataFrame *frame)
{
  FermataValue *at = fermata_value_get_member (body, "at");
  FermataValue *frames = fermata_value_get_member (body, "frames");
  FermataValue *found = NULL;
  char number[16];

  if (at != NULL)
    {
      g_snprintf (number, sizeof number, "%u", frame->iteration);
      found = fermata_value_get_member (at, frame->plan->body_name != NULL ? frame->plan->body_name : number);
    }
  if (found == NULL && frames != NULL && frame->iteration < fermata_value_get_length (frames))
    found = fermata_value_get_element (frames, frame->iteration);

  return found != NULL && !fermata_value_is_null (found) ? found : NULL;
}

static gboolean
is_expected (FermataValue *expected,
             FermataValue *found)
{
  if (expected == NULL)
    return TRUE;
  if (found == NULL)
    return fermata_value_is_null (expected);

  return fermata_value_equal (expected, found);
}

/* How many frames its owner will have had; 0 if that is not known yet. */
static gint64
count_frames (const FermataFrame *parent,
              guint               owner)
{
  FermataBodyRecord body = fermata_body_read (parent, owner);

  return (body.flags & BODY_IS_COMPLETE) != 0 && (body.flags & BODY_STREAMS) == 0 ? body.n_items : 0;
}

static gboolean
meets (const FermataFrame *frame,
       const FermataFrame *parent,
       FermataValue       *expects)
{
  g_autoptr (FermataValue) number = fermata_value_new_integer (count_frames (parent, frame->owner));

  return is_expected (fermata_value_get_member (expects, "input"), frame->input)
         && is_expected (fermata_value_get_member (expects, "inputs"), frame->inputs)
         && is_expected (fermata_value_get_member (expects, "count"), number);
}

void
fermata_frame_find_part (FermataFrame       *self,
                         const FermataFrame *parent)
{
  FermataValue *body = parent->part == NULL ? NULL : get_body (parent, self->owner);
  FermataValue *found = body == NULL ? NULL : get_of_index (body, self);
  FermataValue *expects;

  while ((expects = member (found, "expects")) != NULL && !meets (self, parent, expects))
    found = fermata_value_get_member (found, "else");
  if (found == NULL)
    found = member (body, "every");
  if (found == NULL)
    found = self->plan->pinned;
  if (found == NULL
      || (self->plan->kind != FERMATA_GRAPH_KIND_DAG && fermata_value_get_member (found, "by") == NULL))
    return;

  self->part = fermata_value_ref (found);
}

gboolean
fermata_frame_is_given (const FermataFrame *self)
{
  return self->parent != FERMATA_FRAME_NONE && member (self->part, "by") != NULL;
}

gboolean
fermata_frame_has_given (const FermataFrame *self)
{
  FermataValue *given = member (self->part, "given");

  return given != NULL && self->n_given < fermata_value_get_length (given);
}

FermataValue *
fermata_frame_get_next_given (const FermataFrame *self,
                              guint              *node)
{
  FermataValue *given = fermata_value_get_member (self->part, "given");
  const char *id = fermata_value_get_member_name (given, self->n_given);

  fermata_plan_find_node (self->plan, id, node);

  return fermata_value_get_member (given, id);
}

FermataValue *
fermata_frame_get_given (const FermataFrame *self,
                         guint               node)
{
  FermataValue *given = member (self->part, "given");

  return given == NULL ? NULL : fermata_value_get_member (given, self->plan->nodes[node].id);
}

guint32
fermata_frame_get_limit (const FermataFrame *self,
                         guint               node)
{
  FermataValue *body = self->part == NULL ? NULL : get_body (self, node);
  FermataValue *limit = member (body, "limit");

  return limit == NULL ? G_MAXUINT32 : (guint32) fermata_value_get_integer (limit);
}

gboolean
fermata_frame_has_ended (const FermataMoment *moment,
                         const FermataFrame  *self)
{
  if (self->part != NULL && fermata_frame_is_given (self))
    return TRUE;

  return (self->part == NULL || !fermata_frame_has_given (self))
         && fermata_interpreter_of (self->plan)->has_ended (moment, self);
}
