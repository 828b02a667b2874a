/* fermata-check-members.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "check/fermata-check-rules-private.h"

#include <glib/gi18n-lib.h>

/*
 * The walk over what a thing holds, by the table of words.
 *
 * One stack of frames, each a value whose members or elements are visited one
 * after the other: actions nest in actions as deep as a document likes. A
 * frame's value is where the check's steps point to, but for the first, which
 * is the thing itself.
 */
typedef enum {
  FRAME_THING,  /* the members of an object, by name */
  FRAME_THINGS, /* the elements of an array, each a thing */
  FRAME_MAP,    /* the values of an object, each a thing */
  FRAME_COUNTS, /* the values of an object, each a whole number */
  FRAME_BLOCKS, /* the elements of an array, each a thing or an array of them */
  FRAME_ASSIGN, /* the elements of an array, each an object of FRAME_TARGETS */
  FRAME_TARGETS,
  FRAME_DATA,   /* whatever is in a value that may hold templates, or may not */
} FrameKind;

typedef struct {
  FrameKind kind;
  guint16 names;
  const FermataThing *thing;
  const FermataThingMember *member;
  FermataValue *value;
  gsize next;
  gsize length;
  guint64 seen; /* the members of @thing that were there, by place */
} Frame;

/*
 * Finds members by the address of their name: a document that was read shares
 * the names of its objects, so a hundred thousand nodes have three of them.
 * Addresses stay what they are while the document is alive, and nothing
 * changes it during a check.
 */
#define MEMBER_CACHE_SIZE 256

typedef struct {
  const FermataThing *thing;
  const char *name;
  const FermataThingMember *member;
} MemberSlot;

struct _FermataCheckWalk {
  Frame *frames;
  guint n_frames;
  guint n_alloc;
  MemberSlot slots[MEMBER_CACHE_SIZE];
};

FermataCheckWalk *
fermata_check_walk_new (void)
{
  return g_new0 (FermataCheckWalk, 1);
}

void
fermata_check_walk_free (FermataCheckWalk *walk)
{
  g_free (walk->frames);
  g_free (walk);
}

static const FermataThingMember *
find_member (FermataCheck       *self,
             const FermataThing *thing,
             const char         *name)
{
  guint hash = (GPOINTER_TO_UINT (name) >> 4) ^ (GPOINTER_TO_UINT (thing) >> 3);
  MemberSlot *slot = &self->walk->slots[hash % MEMBER_CACHE_SIZE];

  if (slot->thing != thing || slot->name != name)
    {
      slot->thing = thing;
      slot->name = name;
      slot->member = fermata_thing_find_member (thing, name);
    }

  return slot->member;
}

/* A member of a thing that may have any. */
static const FermataThingMember anything = { "", .form = FERMATA_MEMBER_FORM_TEMPLATE };

static Frame *
top (FermataCheck *self)
{
  return &self->walk->frames[self->walk->n_frames - 1];
}

/* Gives whether there is anything to visit; if so the step to it stays. */
static gboolean
push (FermataCheck             *self,
      FrameKind                 kind,
      const FermataThing       *thing,
      const FermataThingMember *member,
      FermataValue             *value,
      guint16                   names)
{
  FermataCheckWalk *walk = self->walk;
  gsize length = fermata_value_get_length (value);

  /* Even an empty thing may lack something. */
  if (length == 0 && kind != FRAME_THING)
    return FALSE;

  if (G_UNLIKELY (walk->n_frames == walk->n_alloc))
    {
      walk->n_alloc = MAX (2 * walk->n_alloc, 16);
      walk->frames = g_renew (Frame, walk->frames, walk->n_alloc);
    }

  walk->frames[walk->n_frames++] = (Frame) {
    .kind = kind,
    .names = names,
    .thing = thing,
    .member = member,
    .value = value,
    .length = length,
  };

  return TRUE;
}

/* An array whose elements must be texts. */
static gboolean
is_list_of_texts (const FermataThingMember *member,
                  FermataValue             *value)
{
  FermataMemberTypes lists = FERMATA_TYPES (ARRAY) | FERMATA_TYPES (STRINGS);

  return (member->types & lists) == FERMATA_TYPES (STRINGS) &&
         fermata_value_get_kind (value) == FERMATA_VALUE_KIND_ARRAY;
}

/* What is in a value that has no words of its own. */
static gboolean
enter_data (FermataCheck             *self,
            const FermataThingMember *member,
            FermataValue             *value,
            guint16                   names)
{
  FermataValueKind kind = fermata_value_get_kind (value);

  if (kind != FERMATA_VALUE_KIND_ARRAY && kind != FERMATA_VALUE_KIND_OBJECT)
    return FALSE;

  return push (self, FRAME_DATA, NULL, member, value, names);
}

static gboolean
is_scxml (FermataCheck *self)
{
  return self->level->model != FERMATA_CHECK_MODEL_FERMATA;
}

static gboolean
enter_variables (FermataCheck             *self,
                 const FermataThingMember *member,
                 FermataValue             *value)
{
  gsize n = fermata_value_get_length (value);

  if (is_scxml (self))
    return push (self, FRAME_MAP, fermata_thing_get (FERMATA_THING_SCXML_DECLARATION), member, value, 0);

  for (gsize i = 0; i < n; i++)
    {
      const char *name = fermata_value_get_member_name (value, i);

      fermata_check_step_into (self, name);
      fermata_check_name (self, name);
      fermata_check_step_out (self);
    }

  /* They are made before anything else is there. */
  return push (self, FRAME_DATA, NULL, member, value, FERMATA_NAME_INPUTS);
}

static gboolean
enter_parameters (FermataCheck             *self,
                  const FermataThingMember *member,
                  FermataValue             *value,
                  guint16                   names)
{
  FermataValue *type = fermata_value_get_member (top (self)->value, "type");
  const FermataThing *parameters = fermata_check_find_parameters (self, type);

  return push (self, FRAME_THING, parameters, member, value, names);
}

/* Looks at the inside of a value whose type is right; gives whether there is
 * more to visit in it. */
static gboolean
enter_object (FermataCheck             *self,
              const FermataThingMember *member,
              FermataValue             *value,
              guint16                   names)
{
  const FermataThing *thing = fermata_thing_get (member->thing);

  switch ((FermataRole) member->role)
    {
    case FERMATA_ROLE_THING:
    case FERMATA_ROLE_THINGS:
    case FERMATA_ROLE_BLOCKS:
    case FERMATA_ROLE_LOCATIONS:
      return push (self, FRAME_THING, thing, member, value, names);

    case FERMATA_ROLE_MAP:
      return push (self, FRAME_MAP, thing, member, value, names);

    case FERMATA_ROLE_COUNTS:
      return push (self, FRAME_COUNTS, NULL, member, value, names);

    case FERMATA_ROLE_VARIABLES:
      return enter_variables (self, member, value);

    case FERMATA_ROLE_PARAMETERS:
      return enter_parameters (self, member, value, names);

    case FERMATA_ROLE_KEPT:
      /* The model keeps the bodies of nodes, but a task of a state is none. */
      if (top (self)->thing == fermata_thing_get (FERMATA_THING_TASK) ||
          top (self)->thing == fermata_thing_get (FERMATA_THING_SCXML_TASK))
        fermata_check_add_inner (self, top (self)->value, member->name, value, names);
      return FALSE;

    case FERMATA_ROLE_STATE:
      return push (self, FRAME_DATA, NULL, member, value, FERMATA_NAME_INPUTS);

    case FERMATA_ROLE_SCHEMA:
      /* It has words of its own, and has been looked at. */
      return FALSE;

    default:
      return enter_data (self, member, value, names);
    }
}

static gboolean
enter_array (FermataCheck             *self,
             const FermataThingMember *member,
             FermataValue             *value,
             guint16                   names)
{
  switch ((FermataRole) member->role)
    {
    case FERMATA_ROLE_THINGS:
      return push (self, FRAME_THINGS, fermata_thing_get (member->thing), member, value, names);

    case FERMATA_ROLE_BLOCKS:
      return push (self, FRAME_BLOCKS, fermata_thing_get (member->thing), member, value, names);

    case FERMATA_ROLE_ASSIGN:
    case FERMATA_ROLE_LOCATIONS:
      return push (self, FRAME_ASSIGN, NULL, member, value, names);

    case FERMATA_ROLE_KEPT:
      return FALSE;

    default:
      return enter_data (self, member, value, names);
    }
}

static gboolean
enter_value (FermataCheck             *self,
             const FermataThingMember *member,
             FermataValue             *value,
             guint16                   names)
{
  switch ((int) fermata_value_get_kind (value))
    {
    case FERMATA_VALUE_KIND_OBJECT:
      return enter_object (self, member, value, names);
    case FERMATA_VALUE_KIND_ARRAY:
      return enter_array (self, member, value, names);
    default:
      return FALSE;
    }
}

/* The check is at the `type` of a node, or of a task of a state. */
static void
check_type (FermataCheck *self,
            FermataValue *type)
{
  const FermataNodeDescription *description;
  gboolean is_node = top (self)->thing == fermata_thing_get (FERMATA_THING_NODE);

  fermata_check_type (self, type);
  if (fermata_value_get_kind (type) != FERMATA_VALUE_KIND_STRING)
    return;
  description = fermata_node_catalog_find (self->catalog, fermata_value_get_string (type, NULL));
  if (description == NULL)
    return;

  fermata_check_exit (self, description);
  fermata_check_step_out (self);
  fermata_check_body (self, top (self)->value, description, is_node);
  fermata_check_step_into (self, "type");
}

/* What a member's role asks for besides its type. */
static void
check_role (FermataCheck             *self,
            const FermataThingMember *member,
            FermataValue             *value)
{
  switch ((int) member->role)
    {
    case FERMATA_ROLE_TYPE:
      check_type (self, value);
      break;
    case FERMATA_ROLE_ID:
      fermata_check_id (self, value);
      break;
    case FERMATA_ROLE_ERROR_KIND:
      fermata_check_error_kinds (self, value);
      break;
    case FERMATA_ROLE_DEFAULT:
      fermata_check_default (self, top (self)->value, value);
      break;
    case FERMATA_ROLE_SCHEMA:
      fermata_check_schema (self, value);
      break;
    case FERMATA_ROLE_FOREIGN_ACTION:
      fermata_check_foreign_action (self);
      break;
    default:
      break;
    }
}

/* Whether a text in its place has a form, and is not just prose, or wrong. */
static gboolean
may_be_text (const FermataThingMember *member)
{
  switch ((int) member->role)
    {
    case FERMATA_ROLE_PROSE:
    case FERMATA_ROLE_KEPT:
    case FERMATA_ROLE_ID:
    case FERMATA_ROLE_PARAMETERS:
    case FERMATA_ROLE_VARIABLES:
    case FERMATA_ROLE_ASSIGN:
      return FALSE;
    default:
      return TRUE;
    }
}

/* Whether there is more to visit in @value. */
static gboolean
check_member (FermataCheck             *self,
              const FermataThingMember *member,
              FermataValue             *value,
              guint16                   names)
{
  if (fermata_value_get_kind (value) == FERMATA_VALUE_KIND_STRING && may_be_text (member) &&
      fermata_check_text (self, member, value, names))
    return FALSE;

  if (!fermata_check_value (self, member, value))
    return FALSE;

  if (member->role == FERMATA_ROLE_PROSE)
    return is_list_of_texts (member, value) && enter_data (self, member, value, names);

  check_role (self, member, value);

  return enter_value (self, member, value, names);
}

static gboolean
visit_member (FermataCheck *self,
              Frame        *frame,
              const char   *name,
              FermataValue *value)
{
  const FermataThingMember *member = find_member (self, frame->thing, name);
  gsize place;

  if (member == NULL && frame->thing->is_open)
    return check_member (self, &anything, value, frame->names);

  if (member == NULL)
    {
      fermata_check_unknown_member (self, frame->thing, name);
      return FALSE;
    }

  place = (gsize) (member - frame->thing->members);
  if (place < 64)
    frame->seen |= G_GUINT64_CONSTANT (1) << place;

  if (member->kinds != 0 && (member->kinds & (1u << self->level->kind)) == 0)
    {
      fermata_check_misplaced_member (self, member->name, member->kinds);
      return FALSE;
    }

  if (member->needs_scxml && !is_scxml (self))
    {
      fermata_check_needs_scxml (self, member->name);
      return FALSE;
    }

  if (self->level->model == FERMATA_CHECK_MODEL_NULL && fermata_check_needs_data (member))
    {
      fermata_check_no_data (self, member->name);
      return FALSE;
    }

  return check_member (self, member, value, frame->names | member->names);
}

/* One of an array or map of things. */
static gboolean
visit_thing (FermataCheck *self,
             Frame        *frame,
             FermataValue *value)
{
  if (fermata_value_get_kind (value) != FERMATA_VALUE_KIND_OBJECT)
    {
      fermata_check_report (self, FERMATA_SEVERITY_ERROR, "ill-typed", _("expected an object (%s), found %s"),
                            _(frame->thing->name), fermata_check_describe_value (value));
      return FALSE;
    }

  return push (self, FRAME_THING, frame->thing, frame->member, value, frame->names);
}

/* An action, or a block of them. */
static gboolean
visit_block (FermataCheck *self,
             Frame        *frame,
             FermataValue *value)
{
  if (fermata_value_get_kind (value) == FERMATA_VALUE_KIND_ARRAY)
    return push (self, FRAME_THINGS, frame->thing, frame->member, value, frame->names);

  return visit_thing (self, frame, value);
}

static gboolean
visit_assignments (FermataCheck *self,
                   Frame        *frame,
                   FermataValue *value)
{
  if (fermata_value_get_kind (value) != FERMATA_VALUE_KIND_OBJECT ||
      fermata_value_get_length (value) == 0)
    {
      fermata_check_report (self, FERMATA_SEVERITY_ERROR, "bad-assign",
                            _("expected an object, a variable's name with its new value; found %s"),
                            fermata_check_describe_value (value));
      return FALSE;
    }

  return push (self, FRAME_TARGETS, NULL, frame->member, value, frame->names);
}

static void
visit_count (FermataCheck *self,
             FermataValue *value)
{
  if (fermata_value_get_kind (value) == FERMATA_VALUE_KIND_INTEGER &&
      fermata_value_get_integer (value) >= 1)
    return;

  fermata_check_report (self, FERMATA_SEVERITY_ERROR, "ill-typed",
                        _("expected a whole number of at least 1, found %s"),
                        fermata_check_describe_value (value));
}

/* A text within a value is of any type, whatever the whole value is. Only a
 * text that is all of the value is an expression. */
static void
visit_inner_text (FermataCheck             *self,
                  const FermataThingMember *member,
                  FermataValue             *string,
                  guint16                   names)
{
  FermataThingMember inner = *member;

  inner.types = 0;
  if (inner.form == FERMATA_MEMBER_FORM_EXPRESSION && inner.role != FERMATA_ROLE_LOCATION)
    inner.form = FERMATA_MEMBER_FORM_LITERAL;
  fermata_check_text (self, &inner, string, names);
}

/* What is put where. */
static void
visit_target (FermataCheck *self,
              Frame        *frame,
              const char   *name,
              FermataValue *value)
{
  static const FermataThingMember expression = {
    "", .types = FERMATA_TYPES (STRING), .form = FERMATA_MEMBER_FORM_EXPRESSION
  };

  if (is_scxml (self))
    {
      fermata_check_scxml_location (self, name);
      check_member (self, &expression, value, frame->names);
      return;
    }

  fermata_check_assigned (self, name, frame->names);
  /* What is assigned is an expression, and any type will do. */
  if (fermata_value_get_kind (value) == FERMATA_VALUE_KIND_STRING)
    fermata_check_expression (self, value, NULL, frame->names);
}

/* A value in a tree without words. */
static gboolean
visit_data (FermataCheck *self,
            Frame        *frame,
            FermataValue *value)
{
  const FermataThingMember *member = frame->member;

  if (fermata_value_get_kind (value) == FERMATA_VALUE_KIND_STRING)
    {
      if (member->role != FERMATA_ROLE_PROSE)
        visit_inner_text (self, member, value, frame->names);
      return FALSE;
    }

  if (is_list_of_texts (member, frame->value))
    {
      fermata_check_report (self, FERMATA_SEVERITY_ERROR, "ill-typed", _("expected a text, found %s"),
                            fermata_check_describe_value (value));
      return FALSE;
    }

  return enter_data (self, member, value, frame->names);
}

static gboolean
visit (FermataCheck *self,
       Frame        *frame,
       const char   *name,
       FermataValue *value)
{
  switch (frame->kind)
    {
    case FRAME_THING:
      return visit_member (self, frame, name, value);

    case FRAME_MAP:
      if (frame->member->thing == FERMATA_THING_INPUT)
        fermata_check_name (self, name);
      else if (frame->thing == fermata_thing_get (FERMATA_THING_SCXML_DECLARATION))
        fermata_check_scxml_variable (self, name);
      return visit_thing (self, frame, value);

    case FRAME_BLOCKS:
      return visit_block (self, frame, value);

    case FRAME_THINGS:
      return visit_thing (self, frame, value);

    case FRAME_COUNTS:
      visit_count (self, value);
      return FALSE;

    case FRAME_ASSIGN:
      return visit_assignments (self, frame, value);

    case FRAME_TARGETS:
      visit_target (self, frame, name, value);
      return FALSE;

    case FRAME_DATA:
    default:
      return visit_data (self, frame, value);
    }
}

static gboolean
is_there (Frame *frame,
          guint  place)
{
  if (place < 64)
    return (frame->seen & (G_GUINT64_CONSTANT (1) << place)) != 0;
  else
    return fermata_value_find_member (frame->value, frame->thing->members[place].name, NULL);
}

/* A node without `with` has none of the parameters that its type needs. */
static void
check_absent_parameters (FermataCheck *self,
                         Frame        *frame)
{
  FermataValue *type = fermata_value_get_member (frame->value, "type");
  const FermataThing *parameters = fermata_check_find_parameters (self, type);

  fermata_check_step_into (self, "with");

  for (guint i = 0; i < parameters->n_members; i++)
    {
      if (parameters->members[i].required)
        fermata_check_missing_member (self, parameters, &parameters->members[i]);
    }

  fermata_check_step_out (self);
}

static void
check_missed (FermataCheck *self,
              Frame        *frame)
{
  const FermataThing *thing = frame->thing;

  for (guint i = 0; i < thing->n_members; i++)
    {
      const FermataThingMember *member = &thing->members[i];

      if (is_there (frame, i))
        continue;
      if (member->required)
        fermata_check_missing_member (self, thing, member);
      else if (member->role == FERMATA_ROLE_PARAMETERS)
        check_absent_parameters (self, frame);
    }
}

static void
finish_thing (FermataCheck *self,
              Frame        *frame)
{
  if ((frame->seen & frame->thing->missed) != frame->thing->missed || frame->thing->n_members > 64)
    check_missed (self, frame);

  fermata_check_together (self, frame->thing, frame->value);
}

static void
visit_next (FermataCheck *self,
            Frame        *frame)
{
  gsize i = frame->next++;
  FermataValue *value = fermata_value_get_element (frame->value, i);
  const char *name = fermata_value_get_member_name (frame->value, i);

  if (name != NULL)
    fermata_check_step_into (self, name);
  else
    fermata_check_step_to (self, i);

  if (!visit (self, frame, name, value))
    fermata_check_step_out (self);
}

void
fermata_check_members (FermataCheck     *self,
                       FermataThingKind  kind,
                       FermataValue     *members,
                       guint16           names)
{
  FermataCheckWalk *walk = self->walk;

  push (self, FRAME_THING, fermata_thing_get (kind), NULL, members, names);

  while (walk->n_frames > 0)
    {
      Frame *frame = top (self);

      if (frame->next < frame->length)
        {
          visit_next (self, frame);
          continue;
        }

      if (frame->kind == FRAME_THING)
        finish_thing (self, frame);

      if (--walk->n_frames > 0)
        fermata_check_step_out (self);
    }
}
