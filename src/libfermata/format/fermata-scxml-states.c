/* fermata-scxml-states.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "format/fermata-scxml-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "format/fermata-json.h"
#include "value/fermata-value-builder.h"

/* Machines, states and transitions. */

#define BIT(tag) FERMATA_SCXML_BIT (tag)
#define STATES (BIT (STATE) | BIT (PARALLEL) | BIT (FINAL) | BIT (HISTORY))

/* What is at most once in an element, in place of itself. */
static void
put_child (FermataScxmlObject *object,
           const char         *name,
           FermataScxmlNode   *node,
           FermataScxmlTag     tag)
{
  FermataScxmlNode *child = fermata_scxml_node_child (node, tag);

  if (child != NULL && child->value != NULL)
    fermata_scxml_object_put (object, name, fermata_value_ref (child->value), child->place);
}

/* One block is an array of actions, several are an array of these. */
static void
put_blocks (FermataScxmlObject *object,
            const char         *name,
            FermataScxmlNode   *node,
            FermataScxmlTag     tag)
{
  FermataScxmlNode *first = fermata_scxml_node_child (node, tag);

  if (first == NULL)
    return;
  for (FermataScxmlNode *child = first->next; child != NULL; child = child->next)
    {
      if (!fermata_scxml_node_is (child, tag))
        continue;
      fermata_scxml_object_put_list (object, name, node, 1u << tag);
      return;
    }
  put_child (object, name, node, tag);
}

/* Data */

void
fermata_scxml_build_data (FermataScxmlBuild *self,
                          FermataScxmlNode  *node)
{
  FermataScxmlObject object;

  fermata_scxml_object_init (&object, self, node);
  if (!fermata_scxml_object_put_attribute (&object, "expr", node, "expr") &&
      !fermata_scxml_object_put_attribute (&object, "src", node, "src") &&
      node->text != NULL && node->text[strspn (node->text, " \t\r\n")] != '\0')
    fermata_scxml_object_put_text (&object, "content", node);
  fermata_scxml_object_put_kept (&object, node);
  node->value = fermata_scxml_object_end (&object);
}

static void
report_duplicate (FermataScxmlBuild     *self,
                  FermataScxmlAttribute *id)
{
  fermata_scxml_report (self->read, FERMATA_SEVERITY_ERROR, "duplicate-id", id->begin,
                        _("there is a <data> with the id “%s” already"), id->value);
  self->is_incomplete = TRUE;
}

void
fermata_scxml_build_datamodel (FermataScxmlBuild *self,
                               FermataScxmlNode  *node)
{
  g_autoptr (FermataValueBuilder) variables = fermata_value_builder_new_object ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  node->place = fermata_scxml_places_add (self->places, node->begin);
  for (FermataScxmlNode *child = node->first_child; child != NULL; child = child->next)
    {
      FermataScxmlAttribute *id = child->word == NULL ? NULL : fermata_scxml_node_find (child, "id");

      if (id == NULL)
        continue;
      if (!g_hash_table_add (seen, (gpointer) id->value))
        {
          report_duplicate (self, id);
          continue;
        }
      fermata_value_builder_set (variables, id->value, child->value);
      fermata_scxml_places_put (self->places, node->place, id->value, child->place);
    }
  node->value = fermata_value_builder_end (variables);
}

void
fermata_scxml_build_param (FermataScxmlBuild *self,
                           FermataScxmlNode  *node)
{
  FermataScxmlObject object;

  fermata_scxml_object_init (&object, self, node);
  fermata_scxml_object_put_attribute (&object, "name", node, "name");
  if (!fermata_scxml_object_put_attribute (&object, "expr", node, "expr"))
    fermata_scxml_object_put_attribute (&object, "location", node, "location");
  fermata_scxml_object_put_kept (&object, node);
  node->value = fermata_scxml_object_end (&object);
}

void
fermata_scxml_build_donedata (FermataScxmlBuild *self,
                              FermataScxmlNode  *node)
{
  FermataScxmlObject object;

  fermata_scxml_object_init (&object, self, node);
  fermata_scxml_object_put_content (&object, node);
  fermata_scxml_object_put_list (&object, "params", node, BIT (PARAM));
  fermata_scxml_object_put_kept (&object, node);
  node->value = fermata_scxml_object_end (&object);
}

/* Transitions */

static void
put_actions (FermataScxmlObject *object,
             FermataScxmlNode   *node)
{
  guint32 place = fermata_scxml_places_add (object->build->places, node->begin);
  FermataValue *actions = fermata_scxml_build_actions (object->build, node->first_child, NULL, place);

  if (fermata_value_get_length (actions) > 0)
    fermata_scxml_object_put (object, "actions", actions, place);
  else
    fermata_value_unref (actions);
}

/* The edge that an <initial> is: only where it goes to, if it says nothing else. */
static void
build_initial_edge (FermataScxmlBuild *self,
                    FermataScxmlNode  *node)
{
  FermataScxmlObject object;

  fermata_scxml_object_init (&object, self, node);
  fermata_scxml_object_put_words (&object, "to", node, "target", FALSE);
  put_actions (&object, node);
  fermata_scxml_object_put_kept (&object, node);
  node->value = fermata_scxml_object_end (&object);
}

void
fermata_scxml_build_initial (FermataScxmlBuild *self,
                             FermataScxmlNode  *node)
{
  FermataScxmlNode *transition = fermata_scxml_node_child (node, FERMATA_SCXML_TRANSITION);
  FermataValue *to = transition == NULL ? NULL : fermata_value_get_member (transition->value, "to");

  if (transition == NULL)
    return;
  if (to != NULL && fermata_value_get_length (transition->value) == 1)
    {
      FermataScxmlAttribute *target = fermata_scxml_node_find (transition, "target");

      node->value = fermata_value_ref (to);
      node->place = fermata_scxml_places_add_attribute (self->places, target);
      return;
    }
  node->value = fermata_value_ref (transition->value);
  node->place = transition->place;
}

void
fermata_scxml_build_transition (FermataScxmlBuild *self,
                                FermataScxmlNode  *node)
{
  FermataScxmlObject object;
  const char *type = fermata_scxml_node_get (node, "type");

  if (fermata_scxml_node_is (node->parent, FERMATA_SCXML_INITIAL))
    {
      build_initial_edge (self, node);
      return;
    }
  fermata_scxml_object_init (&object, self, node);
  fermata_scxml_object_put (&object, "from", fermata_value_new_string (node->parent->id, -1), object.place);
  fermata_scxml_object_put_words (&object, "to", node, "target", FALSE);
  fermata_scxml_object_put_attribute (&object, "event", node, "event");
  fermata_scxml_object_put_attribute (&object, "when", node, "cond");
  if (type != NULL && strcmp (type, "internal") == 0)
    fermata_scxml_object_put (&object, "internal", fermata_value_new_boolean (TRUE),
                              fermata_scxml_places_add_attribute (self->places, fermata_scxml_node_find (node, "type")));
  put_actions (&object, node);
  fermata_scxml_object_put_kept (&object, node);
  node->value = fermata_scxml_object_end (&object);
  g_ptr_array_add (node->machine->edges, node);
}

/* States */

static const char *
get_type (FermataScxmlNode *node)
{
  return node->word->tag == FERMATA_SCXML_STATE ? NULL : node->word->name;
}

/* The attribute, or the element. */
static void
put_initial (FermataScxmlObject *object,
             FermataScxmlNode   *node)
{
  if (fermata_scxml_node_find (node, "initial") != NULL)
    fermata_scxml_object_put_words (object, "initial", node, "initial", FALSE);
  else
    put_child (object, "initial", node, FERMATA_SCXML_INITIAL);
}

static void
put_id (FermataScxmlObject *object,
        FermataScxmlNode   *node)
{
  FermataScxmlAttribute *id = fermata_scxml_node_find (node, "id");

  fermata_scxml_object_put (object, "id", fermata_value_new_string (node->id, -1),
                            id == NULL ? object->place
                                       : fermata_scxml_places_add_attribute (object->build->places, id));
}

void
fermata_scxml_build_state (FermataScxmlBuild *self,
                           FermataScxmlNode  *node)
{
  FermataScxmlObject object;
  const char *type = get_type (node);

  fermata_scxml_object_init (&object, self, node);
  put_id (&object, node);
  if (type != NULL)
    fermata_scxml_object_put (&object, "type", fermata_value_new_string (type, -1), object.place);
  if (node->word->tag == FERMATA_SCXML_HISTORY)
    fermata_scxml_object_put_attribute (&object, "history", node, "type");
  put_initial (&object, node);
  put_child (&object, "variables", node, FERMATA_SCXML_DATAMODEL);
  put_blocks (&object, "entry", node, FERMATA_SCXML_ONENTRY);
  put_blocks (&object, "exit", node, FERMATA_SCXML_ONEXIT);
  fermata_scxml_object_put_list (&object, "do", node, BIT (INVOKE));
  put_child (&object, "data", node, FERMATA_SCXML_DONEDATA);
  fermata_scxml_object_put_list (&object, "nodes", node, STATES);
  fermata_scxml_object_put_kept (&object, node);
  node->value = fermata_scxml_object_end (&object);
}

/* Machines */

static void
put_edges (FermataScxmlObject *object,
           FermataScxmlNode   *node)
{
  g_autoptr (FermataValueBuilder) edges = fermata_value_builder_new_array ();
  GPtrArray *transitions = node->machine->edges;
  guint32 place = fermata_scxml_places_add (object->build->places, node->begin);

  for (guint i = 0; i < transitions->len; i++)
    {
      FermataScxmlNode *transition = transitions->pdata[i];

      fermata_value_builder_add (edges, transition->value);
      fermata_scxml_places_put_at (object->build->places, place, i, transition->place);
    }
  fermata_scxml_object_put (object, "edges", fermata_value_builder_end (edges), place);
}

void
fermata_scxml_build_machine (FermataScxmlBuild *self,
                             FermataScxmlNode  *node)
{
  FermataScxmlObject object;

  fermata_scxml_object_init (&object, self, node);
  if (node == self->tree->root)
    fermata_scxml_object_put (&object, "fermata", fermata_value_new_integer (FERMATA_DOCUMENT_VERSION), object.place);
  fermata_scxml_object_put (&object, "kind", fermata_value_new_string ("fsm", -1), object.place);
  fermata_scxml_object_put_attribute (&object, "name", node, "name");
  put_initial (&object, node);
  if (!fermata_scxml_object_put_attribute (&object, "data-model", node, "datamodel"))
    fermata_scxml_object_put (&object, "data-model", fermata_value_new_string ("ecmascript", -1), object.place);
  fermata_scxml_object_put_attribute (&object, "binding", node, "binding");
  put_child (&object, "variables", node, FERMATA_SCXML_DATAMODEL);
  put_child (&object, "script", node, FERMATA_SCXML_SCRIPT);
  fermata_scxml_object_put_list (&object, "nodes", node, STATES);
  put_edges (&object, node);
  fermata_scxml_object_put_kept (&object, node);
  node->value = fermata_scxml_object_end (&object);
}
