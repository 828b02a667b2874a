/* fermata-scxml-actions.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "format/fermata-scxml-private.h"

#include <string.h>

#include "value/fermata-value-builder.h"

/* Executable content. */

#define BIT(tag) FERMATA_SCXML_BIT (tag)

/* The actions from @first on, up to @end. */
FermataValue *
fermata_scxml_build_actions (FermataScxmlBuild *self,
                             FermataScxmlNode  *first,
                             FermataScxmlNode  *end,
                             guint32            place)
{
  g_autoptr (FermataValueBuilder) actions = fermata_value_builder_new_array ();
  gsize n = 0;

  for (FermataScxmlNode *node = first; node != end; node = node->next)
    {
      if (node->value == NULL)
        continue;
      fermata_value_builder_add (actions, node->value);
      fermata_scxml_places_put_at (self->places, place, n++, node->place);
    }
  return fermata_value_builder_end (actions);
}

void
fermata_scxml_build_block (FermataScxmlBuild *self,
                           FermataScxmlNode  *node)
{
  node->place = fermata_scxml_places_add (self->places, node->begin);
  node->value = fermata_scxml_build_actions (self, node->first_child, NULL, node->place);
}

/* The verb with an object of attributes, names and attributes by turns. */
static void
put_object (FermataScxmlObject *object,
            FermataScxmlNode   *node,
            const char         *verb,
            const char *const  *members)
{
  FermataScxmlObject inner;

  fermata_scxml_object_init (&inner, object->build, node);
  for (guint i = 0; members[i] != NULL; i += 2)
    fermata_scxml_object_put_attribute (&inner, members[i], node, members[i + 1]);
  fermata_scxml_object_put (object, verb, fermata_scxml_object_end (&inner), inner.place);
}

static void
build_cancel (FermataScxmlObject *object,
              FermataScxmlNode   *node)
{
  if (fermata_scxml_node_find (node, "sendid") != NULL)
    fermata_scxml_object_put_attribute (object, "cancel", node, "sendid");
  else
    put_object (object, node, "cancel", (const char *const[]) { "id-expr", "sendidexpr", NULL });
}

/* [ { "location": "expression" } ] */
static void
build_assign_expression (FermataScxmlObject    *object,
                         FermataScxmlNode      *node,
                         FermataScxmlAttribute *location)
{
  FermataScxmlPlaces *places = object->build->places;
  FermataScxmlObject inner;
  g_autoptr (FermataValueBuilder) list = fermata_value_builder_new_array ();
  g_autoptr (FermataValue) element = NULL;
  guint32 place = fermata_scxml_places_add (places, node->begin);

  fermata_scxml_object_init (&inner, object->build, node);
  fermata_scxml_object_put_attribute (&inner, location->value, node, "expr");
  element = fermata_scxml_object_end (&inner);
  fermata_value_builder_add (list, element);
  fermata_scxml_places_put_at (places, place, 0, inner.place);
  fermata_scxml_object_put (object, "assign", fermata_value_builder_end (list), place);
}

static void
build_assign (FermataScxmlObject *object,
              FermataScxmlNode   *node)
{
  FermataScxmlAttribute *location = fermata_scxml_node_find (node, "location");
  FermataScxmlObject inner;

  if (location != NULL && fermata_scxml_node_find (node, "expr") != NULL)
    {
      build_assign_expression (object, node, location);
      return;
    }
  fermata_scxml_object_init (&inner, object->build, node);
  fermata_scxml_object_put_attribute (&inner, "location", node, "location");
  if (!fermata_scxml_object_put_attribute (&inner, "expr", node, "expr"))
    fermata_scxml_object_put_text (&inner, "content", node);
  fermata_scxml_object_put (object, "assign", fermata_scxml_object_end (&inner), inner.place);
}

/* What it says; a machine's own script is that. */
static FermataValue *
make_script (FermataScxmlBuild *self,
             FermataScxmlNode  *node,
             guint32           *place)
{
  FermataScxmlObject object;

  if (fermata_scxml_node_find (node, "src") != NULL)
    {
      fermata_scxml_object_init (&object, self, node);
      fermata_scxml_object_put_attribute (&object, "src", node, "src");
      *place = object.place;
      return fermata_scxml_object_end (&object);
    }
  if (node->text == NULL)
    {
      *place = fermata_scxml_places_add (self->places, node->begin);
      return fermata_value_new_string ("", 0);
    }
  *place = fermata_scxml_places_add_text (self->places, node);
  return fermata_value_new_string (node->text, (gssize) node->text_length);
}

static void
build_script (FermataScxmlObject *object,
              FermataScxmlNode   *node)
{
  guint32 place;
  FermataValue *script = make_script (object->build, node, &place);

  fermata_scxml_object_put (object, "script", script, place);
}

/* Conditions */

static gboolean
begins_part (FermataScxmlNode *node)
{
  return fermata_scxml_node_is (node, FERMATA_SCXML_ELSEIF) || fermata_scxml_node_is (node, FERMATA_SCXML_ELSE);
}

static void
keep_else (FermataScxmlNode *part,
           FermataScxmlNode *otherwise)
{
  FermataValue *kept = part->kept != NULL ? part->kept : fermata_value_new_empty_object ();

  part->kept = fermata_value_with_member (kept, "else", otherwise->kept);
  fermata_value_unref (kept);
}

/* One “if”: what @part says, an <if> or <elseif>, with the actions up to @end, and
 * what is done else: @next, if it is an <else>, has no object to keep anything in. */
static FermataValue *
build_part (FermataScxmlBuild *self,
            FermataScxmlNode  *part,
            FermataScxmlNode  *first,
            FermataScxmlNode  *end,
            FermataScxmlNode  *next,
            FermataValue      *otherwise,
            guint32            otherwise_place)
{
  FermataScxmlObject object;
  guint32 place;

  fermata_scxml_object_init (&object, self, part);
  fermata_scxml_object_put_attribute (&object, "if", part, "cond");
  place = fermata_scxml_places_add (self->places, part->begin);
  fermata_scxml_object_put (&object, "then", fermata_scxml_build_actions (self, first, end, place), place);
  fermata_scxml_object_put (&object, "else", otherwise, otherwise_place);
  if (fermata_scxml_node_is (next, FERMATA_SCXML_ELSE) && next->kept != NULL)
    keep_else (part, next);
  fermata_scxml_object_put_kept (&object, part);
  return fermata_scxml_object_end (&object);
}

/* From the last part to the first: each is the “else” of the one before it. */
static void
build_if (FermataScxmlBuild *self,
          FermataScxmlNode  *node)
{
  FermataValue *otherwise = NULL;
  FermataScxmlNode *end = NULL;
  guint32 place = 0;

  for (FermataScxmlNode *part = node->last_child; part != NULL; part = part->previous)
    {
      if (!begins_part (part))
        continue;
      if (fermata_scxml_node_is (part, FERMATA_SCXML_ELSEIF))
        {
          otherwise = build_part (self, part, part->next, end, end, otherwise, place);
          place = part->place;
        }
      else if (otherwise == NULL)
        {
          place = fermata_scxml_places_add (self->places, part->begin);
          otherwise = fermata_scxml_build_actions (self, part->next, end, place);
        }
      end = part;
    }
  node->value = build_part (self, node, node->first_child, end, end, otherwise, place);
}

static void
build_foreach (FermataScxmlObject *object,
               FermataScxmlNode   *node)
{
  guint32 place = fermata_scxml_places_add (object->build->places, node->begin);

  fermata_scxml_object_put_attribute (object, "foreach", node, "array");
  fermata_scxml_object_put_attribute (object, "item", node, "item");
  fermata_scxml_object_put_attribute (object, "index", node, "index");
  fermata_scxml_object_put (object, "do", fermata_scxml_build_actions (object->build, node->first_child, NULL, place),
                            place);
}

void
fermata_scxml_build_send (FermataScxmlBuild *self,
                          FermataScxmlNode  *node)
{
  static const char *const members[] = {
    "event", "event", "event-expr", "eventexpr", "to", "target", "to-expr", "targetexpr",
    "type", "type", "type-expr", "typeexpr", "id", "id", "id-location", "idlocation",
    "delay", "delay", "delay-expr", "delayexpr",
  };
  FermataScxmlObject object;
  FermataScxmlObject inner;

  fermata_scxml_object_init (&inner, self, node);
  for (guint i = 0; i < G_N_ELEMENTS (members); i += 2)
    fermata_scxml_object_put_attribute (&inner, members[i], node, members[i + 1]);
  fermata_scxml_object_put_words (&inner, "name-list", node, "namelist", TRUE);
  fermata_scxml_object_put_list (&inner, "params", node, BIT (PARAM));
  fermata_scxml_object_put_content (&inner, node);
  fermata_scxml_object_init (&object, self, node);
  fermata_scxml_object_put (&object, "send", fermata_scxml_object_end (&inner), inner.place);
  fermata_scxml_object_put_kept (&object, node);
  node->value = fermata_scxml_object_end (&object);
}

void
fermata_scxml_build_action (FermataScxmlBuild *self,
                            FermataScxmlNode  *node)
{
  FermataScxmlObject object;

  if (node->word->tag == FERMATA_SCXML_IF)
    {
      build_if (self, node);
      return;
    }
  if (fermata_scxml_node_is (node->parent, FERMATA_SCXML_SCXML))
    {
      node->value = make_script (self, node, &node->place);
      return;
    }
  fermata_scxml_object_init (&object, self, node);
  switch (node->word->tag)
    {
    case FERMATA_SCXML_RAISE:
      fermata_scxml_object_put_attribute (&object, "raise", node, "event");
      break;
    case FERMATA_SCXML_CANCEL:
      build_cancel (&object, node);
      break;
    case FERMATA_SCXML_LOG:
      put_object (&object, node, "log", (const char *const[]) { "label", "label", "expr", "expr", NULL });
      break;
    case FERMATA_SCXML_ASSIGN:
      build_assign (&object, node);
      break;
    case FERMATA_SCXML_SCRIPT:
      build_script (&object, node);
      break;
    case FERMATA_SCXML_FOREACH:
      build_foreach (&object, node);
      break;
    default:
      g_assert_not_reached ();
    }
  fermata_scxml_object_put_kept (&object, node);
  node->place = object.place;
  node->value = fermata_scxml_object_end (&object);
}
