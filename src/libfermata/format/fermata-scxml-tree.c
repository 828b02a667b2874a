/* fermata-scxml-tree.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "format/fermata-scxml-private.h"

#include <string.h>

/* All that a tree holds is in blocks, which are freed at once. */
#define BLOCK_SIZE ((gsize) 64 * 1024)

static void
free_machine (gpointer data)
{
  FermataScxmlMachine *machine = data;

  g_hash_table_unref (machine->ids);
  g_ptr_array_unref (machine->edges);
  g_ptr_array_unref (machine->namespaces);
  g_free (machine);
}

FermataScxmlTree *
fermata_scxml_tree_new (void)
{
  FermataScxmlTree *self = g_new0 (FermataScxmlTree, 1);

  self->blocks = g_ptr_array_new_with_free_func (g_free);
  self->names = g_string_chunk_new (1024);
  self->machines = g_ptr_array_new_with_free_func (free_machine);
  self->around = fermata_scxml_tree_add (self, NULL);
  return self;
}

static void
clear_node (FermataScxmlNode *node)
{
  g_clear_pointer (&node->value, fermata_value_unref);
  g_clear_pointer (&node->kept, fermata_value_unref);
}

void
fermata_scxml_tree_free (FermataScxmlTree *self)
{
  for (FermataScxmlNode *node = self->around; node != NULL; node = fermata_scxml_node_next (node, self->around))
    clear_node (node);
  g_ptr_array_unref (self->machines);
  g_ptr_array_unref (self->blocks);
  g_string_chunk_free (self->names);
  g_free (self);
}

/* Zeroed. */
gpointer
fermata_scxml_tree_alloc (FermataScxmlTree *self,
                          gsize             size)
{
  char *block;

  size = (size + 7) & ~(gsize) 7;
  if (size > BLOCK_SIZE / 8)
    {
      block = g_malloc0 (size);
      /* The block that is being filled stays the last. */
      g_ptr_array_insert (self->blocks, 0, block);
      return block;
    }
  if (size > self->n_left)
    {
      g_ptr_array_add (self->blocks, g_malloc0 (BLOCK_SIZE));
      self->n_left = BLOCK_SIZE;
    }
  block = g_ptr_array_index (self->blocks, self->blocks->len - 1);
  self->n_left -= size;
  return block + BLOCK_SIZE - size - self->n_left;
}

const char *
fermata_scxml_tree_keep (FermataScxmlTree *self,
                         const char       *text,
                         gsize             length)
{
  char *kept = fermata_scxml_tree_alloc (self, length + 1);

  memcpy (kept, text, length);
  return kept;
}

FermataScxmlNode *
fermata_scxml_tree_add (FermataScxmlTree *self,
                        FermataScxmlNode *parent)
{
  FermataScxmlNode *node = fermata_scxml_tree_alloc (self, sizeof *node);

  node->parent = parent;
  if (parent == NULL)
    return node;
  node->machine = parent->machine;
  node->depth = parent->depth;
  node->previous = parent->last_child;
  if (node->previous != NULL)
    node->previous->next = node;
  else
    parent->first_child = node;
  parent->last_child = node;
  return node;
}

FermataScxmlMachine *
fermata_scxml_tree_add_machine (FermataScxmlTree *self,
                                FermataScxmlNode *root)
{
  FermataScxmlMachine *machine = g_new0 (FermataScxmlMachine, 1);

  machine->root = root;
  machine->ids = g_hash_table_new (g_str_hash, g_str_equal);
  machine->edges = g_ptr_array_new ();
  machine->namespaces = g_ptr_array_new ();
  g_ptr_array_add (self->machines, machine);
  return machine;
}

/* Walking */

FermataScxmlNode *
fermata_scxml_node_next (FermataScxmlNode *self,
                         FermataScxmlNode *root)
{
  if (self->first_child != NULL)
    return self->first_child;
  while (self != root && self->next == NULL)
    self = self->parent;
  return self == root ? NULL : self->next;
}

FermataScxmlNode *
fermata_scxml_node_first_within (FermataScxmlNode *self)
{
  while (self->first_child != NULL)
    self = self->first_child;
  return self;
}

FermataScxmlNode *
fermata_scxml_node_next_after (FermataScxmlNode *self,
                               FermataScxmlNode *root)
{
  if (self == root)
    return NULL;
  return self->next != NULL ? fermata_scxml_node_first_within (self->next) : self->parent;
}

/* Looking */

FermataScxmlAttribute *
fermata_scxml_node_find (FermataScxmlNode *self,
                         const char       *name)
{
  for (guint i = 0; i < self->n_attributes; i++)
    {
      if (self->attributes[i].is_known && strcmp (self->attributes[i].name, name) == 0)
        return &self->attributes[i];
    }
  return NULL;
}

const char *
fermata_scxml_node_get (FermataScxmlNode *self,
                        const char       *name)
{
  FermataScxmlAttribute *attribute = fermata_scxml_node_find (self, name);

  return attribute == NULL ? NULL : attribute->value;
}

gboolean
fermata_scxml_node_is (FermataScxmlNode *self,
                       FermataScxmlTag   tag)
{
  return self != NULL && self->word != NULL && self->word->tag == tag;
}

FermataScxmlNode *
fermata_scxml_node_child (FermataScxmlNode *self,
                          FermataScxmlTag   tag)
{
  for (FermataScxmlNode *child = self->first_child; child != NULL; child = child->next)
    {
      if (fermata_scxml_node_is (child, tag))
        return child;
    }
  return NULL;
}

gboolean
fermata_scxml_is_trimmed (const char *attribute)
{
  static const char *const names[] = {
    "autoforward", "binding", "datamodel", "delay", "event", "id", "idlocation", "index", "initial", "item", "location",
    "namelist", "sendid", "target", "type", NULL
  };

  return g_strv_contains (names, attribute);
}

gboolean
fermata_scxml_is_own_type (const char *type)
{
  static const char *const types[] = {
    "http://www.w3.org/TR/scxml/", "http://www.w3.org/TR/scxml", "scxml", NULL
  };

  return type == NULL || g_strv_contains (types, type);
}
