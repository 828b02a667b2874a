/* fermata-scxml-kept.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "format/fermata-scxml-private.h"

#include <string.h>

#include "value/fermata-value-builder.h"

/* What SCXML has and graphs do not: “x-scxml”. */

#define BIT(tag) FERMATA_SCXML_BIT (tag)

/* Elements that become no object of their own: what is kept of them stands in the
 * x-scxml of what they are in, under their names. Blocks, of which there may be
 * several, have an array. Of those that sometimes do, it has been taken by then. */
#define WITHOUT_OBJECT (BIT (ONENTRY) | BIT (ONEXIT) | BIT (DATAMODEL) | BIT (INITIAL) | BIT (CONTENT) | \
                        BIT (FINALIZE) | BIT (SCRIPT))
#define BIT_OF(node) (1u << (node)->word->tag)
#define BLOCKS (BIT (ONENTRY) | BIT (ONEXIT))

/* Made only if there is something in it. */
static FermataValueBuilder *
ensure_object (FermataValueBuilder **builder)
{
  if (*builder == NULL)
    *builder = fermata_value_builder_new_object ();
  return *builder;
}

static FermataValueBuilder *
ensure_array (FermataValueBuilder **builder)
{
  if (*builder == NULL)
    *builder = fermata_value_builder_new_array ();
  return *builder;
}

static void
put_ended (FermataValueBuilder *builder,
           const char          *name,
           FermataValueBuilder *member)
{
  g_autoptr (FermataValue) value = fermata_value_builder_end (member);

  fermata_value_builder_set (builder, name, value);
}

/* That of a machine's script is a member of the machine. */
gboolean
fermata_scxml_has_object (FermataScxmlNode *self)
{
  return self->word != NULL && (BIT_OF (self) & WITHOUT_OBJECT) == 0 &&
         !(fermata_scxml_node_is (self, FERMATA_SCXML_SCRIPT) && fermata_scxml_node_is (self->parent, FERMATA_SCXML_SCXML));
}

/* A type that means SCXML says nothing, but how it was written. */
static gboolean
is_kept (FermataScxmlNode      *node,
         FermataScxmlAttribute *attribute)
{
  if (!attribute->is_known)
    return attribute->own_name == NULL || !fermata_scxml_has_object (node);
  switch (node->word->tag)
    {
    case FERMATA_SCXML_INVOKE:
      return strcmp (attribute->name, "type") == 0 && fermata_scxml_is_own_type (attribute->value);
    case FERMATA_SCXML_SCXML:
      return strcmp (attribute->name, "version") == 0 && strcmp (attribute->value, "1.0") != 0;
    case FERMATA_SCXML_TRANSITION:
      if (fermata_scxml_node_is (node->parent, FERMATA_SCXML_INITIAL))
        return strcmp (attribute->name, "target") != 0;
      return strcmp (attribute->name, "type") == 0 && strcmp (attribute->value, "internal") != 0;
    default:
      return FALSE;
    }
}

static void
keep_attributes (FermataScxmlNode     *node,
                 FermataValueBuilder **kept)
{
  g_autoptr (FermataValueBuilder) attributes = NULL;

  for (guint i = 0; i < node->n_attributes; i++)
    {
      if (is_kept (node, &node->attributes[i]))
        fermata_value_builder_set_string (ensure_object (&attributes), node->attributes[i].name,
                                          node->attributes[i].value);
    }
  if (attributes != NULL)
    put_ended (ensure_object (kept), "attributes", attributes);
}

static gboolean
is_markup (FermataScxmlNode *node)
{
  return node != NULL && node->word == NULL && !node->is_action;
}

/* All from @first on, up to the next element. */
static void
keep_markup (FermataScxmlNode     *first,
             const char           *name,
             FermataValueBuilder **kept)
{
  g_autoptr (FermataValueBuilder) list = NULL;

  for (FermataScxmlNode *node = first; is_markup (node); node = node->next)
    fermata_value_builder_add_string (ensure_array (&list), node->text);
  if (list != NULL)
    put_ended (ensure_object (kept), name, list);
}

static void
keep_around (FermataScxmlNode     *node,
             FermataValueBuilder **kept)
{
  FermataScxmlNode *first = node;

  while (is_markup (first->previous))
    first = first->previous;
  if (first != node)
    keep_markup (first, "before", kept);
  first = node->last_child;
  if (!is_markup (first))
    return;
  while (is_markup (first->previous))
    first = first->previous;
  keep_markup (first, "inside", kept);
}

static void
keep_block (FermataScxmlNode     *block,
            FermataValueBuilder **blocks,
            guint                 n_before)
{
  g_autoptr (FermataValue) none = fermata_value_new_empty_object ();

  if (block->kept == NULL && *blocks == NULL)
    return;
  if (*blocks == NULL)
    {
      *blocks = fermata_value_builder_new_array ();
      for (guint i = 0; i < n_before; i++)
        fermata_value_builder_add (*blocks, none);
    }
  fermata_value_builder_add (*blocks, block->kept == NULL ? none : block->kept);
}

static void
keep_blocks (FermataScxmlNode     *node,
             FermataScxmlTag       tag,
             const char           *name,
             FermataValueBuilder **kept)
{
  g_autoptr (FermataValueBuilder) blocks = NULL;
  guint n = 0;

  for (FermataScxmlNode *child = node->first_child; child != NULL; child = child->next)
    {
      if (fermata_scxml_node_is (child, tag))
        keep_block (child, &blocks, n++);
    }
  if (blocks != NULL)
    put_ended (ensure_object (kept), name, blocks);
}

static void
keep_children (FermataScxmlNode     *node,
               FermataValueBuilder **kept)
{
  guint32 seen = 0;

  for (FermataScxmlNode *child = node->first_child; child != NULL; child = child->next)
    {
      guint32 bit = child->word == NULL ? 0 : 1u << child->word->tag;

      seen |= bit;
      if (child->kept != NULL && (bit & WITHOUT_OBJECT & ~BLOCKS) != 0)
        fermata_value_builder_set (ensure_object (kept), child->word->name, child->kept);
    }
  if ((seen & BIT (ONENTRY)) != 0)
    keep_blocks (node, FERMATA_SCXML_ONENTRY, "onentry", kept);
  if ((seen & BIT (ONEXIT)) != 0)
    keep_blocks (node, FERMATA_SCXML_ONEXIT, "onexit", kept);
}

/* Of a machine */

static void
keep_namespaces (FermataScxmlMachine  *machine,
                 FermataValueBuilder **kept)
{
  g_autoptr (FermataValueBuilder) namespaces = NULL;

  for (guint i = 0; i < machine->namespaces->len; i += 2)
    {
      const char *prefix = machine->namespaces->pdata[i];
      const char *uri = machine->namespaces->pdata[i + 1];

      if (strcmp (prefix, machine->prefix == NULL ? "" : machine->prefix) != 0)
        fermata_value_builder_set_string (ensure_object (&namespaces), prefix, uri);
    }
  if (namespaces != NULL)
    put_ended (ensure_object (kept), "namespaces", namespaces);
  if (machine->prefix != NULL)
    fermata_value_builder_set_string (ensure_object (kept), "prefix", machine->prefix);
}

FermataValue *
fermata_scxml_build_kept (FermataScxmlBuild *self,
                          FermataScxmlNode  *node)
{
  g_autoptr (FermataValueBuilder) kept = NULL;

  if (fermata_scxml_node_is (node, FERMATA_SCXML_SCXML))
    keep_namespaces (node->machine, &kept);
  keep_attributes (node, &kept);
  keep_around (node, &kept);
  keep_children (node, &kept);
  if (node == self->tree->root)
    keep_markup (node->next, "after", &kept);
  return kept == NULL ? NULL : fermata_value_builder_end (kept);
}
