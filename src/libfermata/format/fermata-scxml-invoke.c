/* fermata-scxml-invoke.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "format/fermata-scxml-private.h"

#include <string.h>

/* <invoke> is a task. A machine that is known is a subgraph; what only the run
 * knows is a task of the type “invoke”. */

#define BIT(tag) FERMATA_SCXML_BIT (tag)
#define MAX_DEPTH 100

/* The machine that stands in it. */
static FermataScxmlNode *
find_machine (FermataScxmlNode *invoke)
{
  FermataScxmlNode *content = fermata_scxml_node_child (invoke, FERMATA_SCXML_CONTENT);

  return content == NULL ? NULL : fermata_scxml_node_child (content, FERMATA_SCXML_SCXML);
}

/* The file that it names, as a graph names files; NULL: it names none. Relative
 * ones may be written as URIs, too. */
static const char *
find_file (FermataScxmlNode *invoke)
{
  const char *src = fermata_scxml_node_get (invoke, "src");

  if (src == NULL || *src == '\0' || fermata_scxml_node_get (invoke, "typeexpr") != NULL ||
      !fermata_scxml_is_own_type (fermata_scxml_node_get (invoke, "type")))
    return NULL;
  if (g_str_has_prefix (src, "file:") && src[5] != '/' && src[5] != '\0')
    return src + 5;
  if (g_uri_peek_scheme (src) != NULL && !g_str_has_prefix (src, "file:"))
    return NULL;
  return src;
}

static FermataValue *
make_file (FermataScxmlObject *task,
           FermataScxmlNode   *node,
           const char         *file,
           guint32            *place)
{
  FermataScxmlObject object;
  guint32 src = fermata_scxml_places_add_attribute (task->build->places, fermata_scxml_node_find (node, "src"));

  fermata_scxml_object_init (&object, task->build, node);
  fermata_scxml_object_put (&object, "file", fermata_value_new_string (file, -1), src);
  fermata_scxml_object_put (&object, "max-depth", fermata_value_new_integer (MAX_DEPTH), src);
  *place = object.place;
  return fermata_scxml_object_end (&object);
}

static FermataValue *
make_parameters (FermataScxmlObject *task,
                 FermataScxmlNode   *node,
                 guint32            *place)
{
  FermataScxmlObject object;

  fermata_scxml_object_init (&object, task->build, node);
  if (!fermata_scxml_is_own_type (fermata_scxml_node_get (node, "type")))
    fermata_scxml_object_put_attribute (&object, "type", node, "type");
  fermata_scxml_object_put_attribute (&object, "type-expr", node, "typeexpr");
  fermata_scxml_object_put_attribute (&object, "src", node, "src");
  fermata_scxml_object_put_attribute (&object, "src-expr", node, "srcexpr");
  fermata_scxml_object_put_content (&object, node);
  *place = object.place;
  return fermata_scxml_object_end (&object);
}

/* What it is that is invoked. */
static void
put_machine (FermataScxmlObject *task,
             FermataScxmlNode   *node)
{
  FermataScxmlNode *machine = find_machine (node);
  const char *file = machine == NULL ? find_file (node) : NULL;
  const char *type = machine != NULL || file != NULL ? "subgraph" : "invoke";
  FermataValue *with;
  guint32 place;

  fermata_scxml_object_put (task, "type", fermata_value_new_string (type, -1), task->place);
  if (machine != NULL)
    {
      fermata_scxml_object_put (task, "body", fermata_value_ref (machine->value), machine->place);
      return;
    }
  with = file != NULL ? make_file (task, node, file, &place) : make_parameters (task, node, &place);
  fermata_scxml_object_put (task, "with", with, place);
}

void
fermata_scxml_build_invoke (FermataScxmlBuild *self,
                            FermataScxmlNode  *node)
{
  FermataScxmlNode *finalize = fermata_scxml_node_child (node, FERMATA_SCXML_FINALIZE);
  FermataScxmlAttribute *autoforward = fermata_scxml_node_find (node, "autoforward");
  FermataScxmlObject object;

  fermata_scxml_object_init (&object, self, node);
  fermata_scxml_object_put_attribute (&object, "id", node, "id");
  put_machine (&object, node);
  fermata_scxml_object_put_attribute (&object, "id-location", node, "idlocation");
  fermata_scxml_object_put_words (&object, "name-list", node, "namelist", TRUE);
  fermata_scxml_object_put_list (&object, "params", node, BIT (PARAM));
  if (autoforward != NULL)
    fermata_scxml_object_put (&object, "autoforward",
                              fermata_value_new_boolean (strcmp (autoforward->value, "true") == 0),
                              fermata_scxml_places_add_attribute (self->places, autoforward));
  if (finalize != NULL)
    fermata_scxml_object_put (&object, "finalize", fermata_value_ref (finalize->value), finalize->place);
  fermata_scxml_object_put_kept (&object, node);
  node->place = object.place;
  node->value = fermata_scxml_object_end (&object);
}
