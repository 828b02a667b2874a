/* fermata-scxml-build.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "format/fermata-scxml-private.h"

#include <string.h>

#include "value/fermata-value-builder.h"
#include "value/fermata-value-private.h"
#include "value/fermata-value-reader.h"

/* From a tree to the value of a document: each element becomes a value when all
 * that is in it has become one, so that nothing is as deep as the document. */

static void
build_node (FermataScxmlBuild *self,
            FermataScxmlNode  *node)
{
  switch (node->word->tag)
    {
    case FERMATA_SCXML_SCXML:
      fermata_scxml_build_machine (self, node);
      break;
    case FERMATA_SCXML_STATE:
    case FERMATA_SCXML_PARALLEL:
    case FERMATA_SCXML_FINAL:
    case FERMATA_SCXML_HISTORY:
      fermata_scxml_build_state (self, node);
      break;
    case FERMATA_SCXML_INITIAL:
      fermata_scxml_build_initial (self, node);
      break;
    case FERMATA_SCXML_TRANSITION:
      fermata_scxml_build_transition (self, node);
      break;
    case FERMATA_SCXML_ONENTRY:
    case FERMATA_SCXML_ONEXIT:
    case FERMATA_SCXML_FINALIZE:
      fermata_scxml_build_block (self, node);
      break;
    case FERMATA_SCXML_DATAMODEL:
      fermata_scxml_build_datamodel (self, node);
      break;
    case FERMATA_SCXML_DATA:
      fermata_scxml_build_data (self, node);
      break;
    case FERMATA_SCXML_DONEDATA:
      fermata_scxml_build_donedata (self, node);
      break;
    case FERMATA_SCXML_PARAM:
      fermata_scxml_build_param (self, node);
      break;
    case FERMATA_SCXML_INVOKE:
      fermata_scxml_build_invoke (self, node);
      break;
    case FERMATA_SCXML_SEND:
      fermata_scxml_build_send (self, node);
      break;
    case FERMATA_SCXML_RAISE:
    case FERMATA_SCXML_IF:
    case FERMATA_SCXML_FOREACH:
    case FERMATA_SCXML_LOG:
    case FERMATA_SCXML_ASSIGN:
    case FERMATA_SCXML_SCRIPT:
    case FERMATA_SCXML_CANCEL:
      fermata_scxml_build_action (self, node);
      break;
    case FERMATA_SCXML_NONE:
    case FERMATA_SCXML_ELSEIF:
    case FERMATA_SCXML_ELSE:
    case FERMATA_SCXML_CONTENT:
    default:
      break;
    }
}

/* Executable content of others, which is kept and does nothing. */
static void
build_foreign (FermataScxmlBuild *self,
               FermataScxmlNode  *node)
{
  FermataScxmlObject object;

  fermata_scxml_object_init (&object, self, node);
  fermata_scxml_object_put (&object, "xml", fermata_value_new_string (node->text, (gssize) node->text_length), object.place);
  fermata_scxml_object_put_kept (&object, node);
  node->value = fermata_scxml_object_end (&object);
}

FermataValue *
fermata_scxml_build (FermataScxmlBuild *self)
{
  FermataScxmlNode *root = self->tree->root;

  for (FermataScxmlNode *node = fermata_scxml_node_first_within (root); node != NULL;
       node = fermata_scxml_node_next_after (node, root))
    {
      if (node->word != NULL)
        {
          node->kept = fermata_scxml_build_kept (self, node);
          build_node (self, node);
        }
      else if (node->is_action)
        {
          node->kept = fermata_scxml_build_kept (self, node);
          build_foreign (self, node);
        }
    }
  return fermata_value_ref (root->value);
}

/* Objects */

void
fermata_scxml_object_init (FermataScxmlObject *self,
                           FermataScxmlBuild  *build,
                           FermataScxmlNode   *node)
{
  self->build = build;
  self->n_members = 0;
  self->place = fermata_scxml_places_add (build->places, node->begin);
  node->place = self->place;
}

void
fermata_scxml_object_put (FermataScxmlObject *self,
                          const char         *name,
                          FermataValue       *value,
                          guint32             place)
{
  if (value == NULL)
    return;
  g_assert (self->n_members < FERMATA_SCXML_MAX_MEMBERS);
  self->keys[self->n_members] = fermata_name_table_get_key (self->build->names, name, strlen (name));
  self->values[self->n_members++] = value;
  fermata_scxml_places_put (self->build->places, self->place, name, place);
}

static FermataValue *
make_trimmed (const char *text)
{
  const char *end = text + strlen (text);

  text += strspn (text, " \t\r\n");
  while (end > text && strchr (" \t\r\n", end[-1]) != NULL)
    end--;
  return fermata_value_new_string (text, end - text);
}

gboolean
fermata_scxml_object_put_attribute (FermataScxmlObject *self,
                                    const char         *name,
                                    FermataScxmlNode   *node,
                                    const char         *attribute)
{
  FermataScxmlAttribute *found = fermata_scxml_node_find (node, attribute);

  if (found == NULL)
    return FALSE;
  fermata_scxml_object_put (self, name, fermata_scxml_is_trimmed (attribute) ? make_trimmed (found->value)
                                                                            : fermata_value_new_string (found->value, -1),
                            fermata_scxml_places_add_attribute (self->build->places, found));
  return TRUE;
}

void
fermata_scxml_object_put_words (FermataScxmlObject *self,
                                const char         *name,
                                FermataScxmlNode   *node,
                                const char         *attribute,
                                gboolean            always)
{
  FermataScxmlAttribute *found = fermata_scxml_node_find (node, attribute);
  FermataScxmlPlaces *places = self->build->places;
  g_autoptr (FermataValueBuilder) builder = NULL;
  g_autoptr (FermataValue) words = NULL;
  guint32 place;
  gsize n = 0;

  if (found == NULL)
    return;
  place = fermata_scxml_places_add_attribute (places, found);
  builder = fermata_value_builder_new_array ();
  for (const char *at = found->value + strspn (found->value, " \t\r\n"); *at != '\0'; at += strspn (at, " \t\r\n"))
    {
      gsize length = strcspn (at, " \t\r\n");
      g_autoptr (FermataValue) word = fermata_value_new_string (at, (gssize) length);

      fermata_value_builder_add (builder, word);
      fermata_scxml_places_put_at (places, place, n++, place);
      at += length;
    }
  words = fermata_value_builder_end (builder);
  if (n == 1 && !always)
    fermata_scxml_object_put (self, name, fermata_value_ref (fermata_value_get_element (words, 0)), place);
  else if (n == 0 && !always)
    fermata_scxml_object_put (self, name, fermata_value_new_string ("", 0), place);
  else
    fermata_scxml_object_put (self, name, g_steal_pointer (&words), place);
}

void
fermata_scxml_object_put_text (FermataScxmlObject *self,
                               const char         *name,
                               FermataScxmlNode   *node)
{
  if (node->text != NULL)
    fermata_scxml_object_put (self, name, fermata_value_new_string (node->text, (gssize) node->text_length),
                              fermata_scxml_places_add_text (self->build->places, node));
}

void
fermata_scxml_object_put_list (FermataScxmlObject *self,
                               const char         *name,
                               FermataScxmlNode   *node,
                               guint32             tags)
{
  g_autoptr (FermataValueBuilder) builder = NULL;
  guint32 place = 0;
  gsize n = 0;

  for (FermataScxmlNode *child = node->first_child; child != NULL; child = child->next)
    {
      if (child->word == NULL || (tags >> child->word->tag & 1) == 0 || child->value == NULL)
        continue;
      if (builder == NULL)
        {
          builder = fermata_value_builder_new_array ();
          place = fermata_scxml_places_add (self->build->places, child->begin);
        }
      fermata_value_builder_add (builder, child->value);
      fermata_scxml_places_put_at (self->build->places, place, n++, child->place);
    }
  if (builder != NULL)
    fermata_scxml_object_put (self, name, fermata_value_builder_end (builder), place);
}

void
fermata_scxml_object_put_content (FermataScxmlObject *self,
                                  FermataScxmlNode   *node)
{
  FermataScxmlNode *content = fermata_scxml_node_child (node, FERMATA_SCXML_CONTENT);

  if (content == NULL || fermata_scxml_object_put_attribute (self, "content-expr", content, "expr"))
    return;
  if (content->text != NULL)
    fermata_scxml_object_put_text (self, "content", content);
  else
    fermata_scxml_object_put (self, "content", fermata_value_new_string ("", 0),
                              fermata_scxml_places_add (self->build->places, content->begin));
}

static FermataValue **
find_member (FermataScxmlObject *self,
             const char         *name)
{
  for (guint i = 0; i < self->n_members; i++)
    {
      if (strcmp (self->keys[i]->text, name) == 0)
        return &self->values[i];
    }
  return NULL;
}

/* Tasks that SCXML has not, behind those that it has. */
static void
add_tasks (FermataValue **tasks,
           FermataValue  *others)
{
  g_autoptr (FermataValueBuilder) builder = NULL;
  FermataValue *lists[] = { *tasks, others };

  if (fermata_value_get_kind (*tasks) != FERMATA_VALUE_KIND_ARRAY ||
      fermata_value_get_kind (others) != FERMATA_VALUE_KIND_ARRAY)
    return;
  builder = fermata_value_builder_new_array ();
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      for (gsize j = 0; j < fermata_value_get_length (lists[i]); j++)
        fermata_value_builder_add (builder, fermata_value_get_element (lists[i], j));
    }
  fermata_value_unref (*tasks);
  *tasks = fermata_value_builder_end (builder);
}

/* Members of the graph that SCXML has not, or not as a whole: JSON, or else the text that
 * it is. */
static void
put_own (FermataScxmlObject *self,
         FermataScxmlNode   *node)
{
  for (guint i = 0; i < node->n_attributes && fermata_scxml_has_object (node); i++)
    {
      FermataScxmlAttribute *attribute = &node->attributes[i];
      g_autoptr (FermataValue) value = NULL;
      FermataValue **known;

      /* Room is left for what is kept. */
      if (attribute->own_name == NULL || self->n_members + 1 >= FERMATA_SCXML_MAX_MEMBERS)
        continue;
      value = fermata_value_parse (attribute->value, -1, NULL);
      if (value == NULL)
        value = fermata_value_new_string (attribute->value, -1);
      known = find_member (self, attribute->own_name);
      if (known == NULL)
        fermata_scxml_object_put (self, attribute->own_name, g_steal_pointer (&value),
                                  fermata_scxml_places_add_attribute (self->build->places, attribute));
      else if (strcmp (attribute->own_name, "do") == 0)
        add_tasks (known, value);
      else
        {
          fermata_value_unref (*known);
          *known = g_steal_pointer (&value);
        }
    }
}

void
fermata_scxml_object_put_kept (FermataScxmlObject *self,
                               FermataScxmlNode   *node)
{
  put_own (self, node);
  fermata_scxml_object_put (self, "x-scxml", g_steal_pointer (&node->kept), self->place);
}

FermataValue *
fermata_scxml_object_end (FermataScxmlObject *self)
{
  FermataShapeNote *note;
  FermataValue *value;

  if (self->n_members == 0)
    return fermata_value_new_empty_object ();
  note = fermata_name_table_get_shape (self->build->names, self->keys, self->n_members);
  g_assert (note != NULL);
  value = fermata_value_alloc_object (fermata_shape_ref (note->shape));
  memcpy (fermata_value_get_slots (value), self->values, self->n_members * sizeof *self->values);
  return value;
}
