/* fermata-trie.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/moment/fermata-trie-private.h"

#include <string.h>

#define SHIFT 6
#define SLOTS (1u << SHIFT)
#define MAX_HEIGHT 6

/* Slots hold nodes, those of the lowest level values. */
struct _FermataTrieNode {
  guint ref_count;
  guint64 used;
  guint64 marks[FERMATA_TRIE_MARKS];
  gpointer slots[SLOTS];
};

static inline guint
slot_of (guint32 key,
         guint   level)
{
  return (key >> (SHIFT * level)) & (SLOTS - 1);
}

/* What @key is above so many levels */
static inline guint32
prefix_of (guint32 key,
           guint   height)
{
  return height >= MAX_HEIGHT ? 0 : key >> (SHIFT * height);
}

/* Of a node at @level, 0 being the lowest. Recursion is six levels deep. */
static void
node_unref (const FermataTrie *self,
            FermataTrieNode   *node,
            guint              level)
{
  if (--node->ref_count > 0)
    return;

  for (guint i = 0; i < SLOTS; i++)
    {
      if (node->slots[i] == NULL)
        continue;
      if (level > 0)
        node_unref (self, node->slots[i], level - 1);
      else
        self->funcs->unref (node->slots[i]);
    }
  g_free (node);
}

static FermataTrieNode *
node_new (FermataTrie *self)
{
  FermataTrieNode *node = g_new0 (FermataTrieNode, 1);

  node->ref_count = 1;
  self->n_copied += sizeof *node;

  return node;
}

/* The node at @place, to be written. */
static FermataTrieNode *
own_node (FermataTrie      *self,
          FermataTrieNode **place,
          guint             level)
{
  FermataTrieNode *shared = *place;
  FermataTrieNode *node;

  if (shared->ref_count == 1)
    return shared;

  node = g_memdup2 (shared, sizeof *shared);
  node->ref_count = 1;
  for (guint i = 0; i < SLOTS; i++)
    {
      if (node->slots[i] == NULL)
        continue;
      if (level > 0)
        ((FermataTrieNode *) node->slots[i])->ref_count++;
      else
        node->slots[i] = self->funcs->ref (node->slots[i]);
    }
  shared->ref_count--;
  self->n_copied += sizeof *node;
  *place = node;

  return node;
}

void
fermata_trie_init (FermataTrie            *self,
                   const FermataTrieFuncs *funcs)
{
  *self = (FermataTrie) { .funcs = funcs };
}

void
fermata_trie_init_copy (FermataTrie       *self,
                        const FermataTrie *other)
{
  *self = *other;
  if (self->root != NULL)
    self->root->ref_count++;
}

void
fermata_trie_clear (FermataTrie *self)
{
  if (self->root != NULL)
    node_unref (self, self->root, self->height - 1);
  self->root = NULL;
  self->height = 0;
  self->prefix = 0;
  self->n_entries = 0;
}

gpointer
fermata_trie_get (const FermataTrie *self,
                  guint32            key)
{
  gpointer slot = self->root;

  if (slot == NULL || prefix_of (key, self->height) != self->prefix)
    return NULL;

  for (guint level = self->height; slot != NULL && level-- > 0;)
    slot = ((FermataTrieNode *) slot)->slots[slot_of (key, level)];

  return slot;
}

/* Nothing is in it: its one node is used again, if it is its own. */
static void
begin (FermataTrie *self,
       guint32      key)
{
  if (self->root != NULL && (self->height > 1 || self->root->ref_count > 1))
    fermata_trie_clear (self);
  if (self->root == NULL)
    self->root = node_new (self);
  self->height = 1;
  self->prefix = prefix_of (key, 1);
}

static guint
mark_slot (FermataTrieNode       *node,
           guint                  slot,
           const FermataTrieNode *child)
{
  guint64 bit = G_GUINT64_CONSTANT (1) << slot;
  guint n_changed = 0;

  for (guint i = 0; i < FERMATA_TRIE_MARKS; i++)
    {
      guint64 marks = child->marks[i] != 0 ? node->marks[i] | bit : node->marks[i] & ~bit;

      n_changed += marks != node->marks[i];
      node->marks[i] = marks;
    }

  return n_changed;
}

/* A level more above the root, until @key has a place. */
static void
grow (FermataTrie *self,
      guint32      key)
{
  if (self->n_entries == 0)
    {
      begin (self, key);
      return;
    }

  while (prefix_of (key, self->height) != self->prefix)
    {
      FermataTrieNode *root = node_new (self);
      guint slot = self->prefix & (SLOTS - 1);

      root->slots[slot] = self->root;
      root->used = G_GUINT64_CONSTANT (1) << slot;
      mark_slot (root, slot, self->root);
      self->root = root;
      self->prefix = prefix_of (self->prefix, 1);
      self->height++;
    }
}

/* Roots of which only one slot is used are not needed. */
static void
shrink (FermataTrie *self)
{
  while (self->height > 1 && (self->root->used & (self->root->used - 1)) == 0)
    {
      FermataTrieNode *root = self->root;
      guint slot = __builtin_ctzll (root->used);

      self->root = root->slots[slot];
      self->prefix = self->prefix << SHIFT | slot;
      self->height--;
      g_free (root);
    }
}

void
fermata_trie_set (FermataTrie *self,
                  guint32      key,
                  gpointer     value)
{
  FermataTrieNode **place;
  FermataTrieNode *node;
  gpointer *slot;

  g_return_if_fail (value != NULL);

  grow (self, key);
  place = &self->root;
  for (guint level = self->height - 1; level > 0; level--)
    {
      node = own_node (self, place, level);
      node->used |= G_GUINT64_CONSTANT (1) << slot_of (key, level);
      place = (FermataTrieNode **) &node->slots[slot_of (key, level)];
      if (*place == NULL)
        *place = node_new (self);
    }

  node = own_node (self, place, 0);
  node->used |= G_GUINT64_CONSTANT (1) << slot_of (key, 0);
  slot = &node->slots[slot_of (key, 0)];
  if (*slot != NULL)
    self->funcs->unref (*slot);
  else
    self->n_entries++;
  *slot = value;
}

/* The nodes from the root down to @key, which is there, to be written. */
static void
own_path (FermataTrie      *self,
          guint32           key,
          FermataTrieNode **path)
{
  FermataTrieNode **place = &self->root;

  for (guint level = self->height; level-- > 0;)
    {
      path[level] = own_node (self, place, level);
      place = (FermataTrieNode **) &path[level]->slots[slot_of (key, level)];
    }
}

gpointer
fermata_trie_own (FermataTrie *self,
                  guint32      key)
{
  FermataTrieNode *path[MAX_HEIGHT];

  g_return_val_if_fail (fermata_trie_get (self, key) != NULL, NULL);

  own_path (self, key, path);

  return path[0]->slots[slot_of (key, 0)];
}

static gboolean
has_mark (const FermataTrie *self,
          guint32            key,
          guint              mark)
{
  const FermataTrieNode *node = self->root;

  for (guint level = self->height; --level > 0;)
    node = node->slots[slot_of (key, level)];

  return (node->marks[mark] >> slot_of (key, 0) & 1) != 0;
}

void
fermata_trie_mark (FermataTrie *self,
                   guint32      key,
                   guint        mark,
                   gboolean     set)
{
  FermataTrieNode *path[MAX_HEIGHT];
  guint level = 0;

  g_return_if_fail (fermata_trie_get (self, key) != NULL);

  if (has_mark (self, key, mark) == !!set)
    return;

  own_path (self, key, path);
  path[0]->marks[mark] ^= G_GUINT64_CONSTANT (1) << slot_of (key, 0);
  while (++level < self->height && mark_slot (path[level], slot_of (key, level), path[level - 1]) > 0)
    ;
}

static void
clear_slot (FermataTrieNode *node,
            guint            slot)
{
  guint64 bit = G_GUINT64_CONSTANT (1) << slot;

  node->slots[slot] = NULL;
  node->used &= ~bit;
  for (guint i = 0; i < FERMATA_TRIE_MARKS; i++)
    node->marks[i] &= ~bit;
}

void
fermata_trie_remove (FermataTrie *self,
                     guint32      key)
{
  FermataTrieNode *path[MAX_HEIGHT];
  gpointer value = fermata_trie_get (self, key);

  if (value == NULL)
    return;

  own_path (self, key, path);
  clear_slot (path[0], slot_of (key, 0));
  self->funcs->unref (value);
  self->n_entries--;
  for (guint level = 1; level < self->height; level++)
    {
      FermataTrieNode *below = path[level - 1];

      if (below->used != 0)
        {
          mark_slot (path[level], slot_of (key, level), below);
          continue;
        }

      g_free (below);
      clear_slot (path[level], slot_of (key, level));
    }
  if (self->n_entries > 0)
    shrink (self);
}

static inline guint64
candidates (const FermataTrieNode *node,
            guint                  mark)
{
  return mark == FERMATA_TRIE_ANY ? node->used : node->marks[mark];
}

/* Goes down towards @key; where that leads nowhere, to the next slot that does,
 * and from there on always to the lowest. */
gboolean
fermata_trie_next (const FermataTrie *self,
                   guint32            key,
                   guint              mark,
                   guint32           *found,
                   gpointer          *value)
{
  const FermataTrieNode *path[MAX_HEIGHT];
  guint64 left[MAX_HEIGHT];
  guint level = self->height;
  gboolean exact = prefix_of (key, level) == self->prefix;
  guint64 number = self->prefix;

  if (self->root == NULL || prefix_of (key, level) > self->prefix)
    return FALSE;

  path[--level] = self->root;
  left[level] = candidates (self->root, mark);
  if (exact)
    left[level] &= G_MAXUINT64 << slot_of (key, level);
  for (;;)
    {
      guint slot;

      if (left[level] == 0)
        {
          if (++level == self->height)
            return FALSE;
          exact = FALSE;
          number >>= SHIFT;
          continue;
        }

      slot = __builtin_ctzll (left[level]);
      left[level] &= left[level] - 1;
      exact = exact && slot == slot_of (key, level);
      if (level == 0)
        {
          *found = number << SHIFT | slot;
          if (value != NULL)
            *value = path[0]->slots[slot];
          return TRUE;
        }

      number = number << SHIFT | slot;
      path[level - 1] = path[level]->slots[slot];
      level--;
      left[level] = candidates (path[level], mark);
      if (exact)
        left[level] &= G_MAXUINT64 << slot_of (key, level);
    }
}

static gboolean
bears (const FermataTrie *self,
       guint32            key,
       guint              mark)
{
  guint32 found;

  return fermata_trie_next (self, key, mark, &found, NULL) && found == key;
}

gboolean
fermata_trie_equal (const FermataTrie *a,
                    const FermataTrie *b,
                    gboolean         (*equal) (gconstpointer a,
                                               gconstpointer b))
{
  guint32 one = 0;
  guint32 other = 0;
  gpointer value, other_value;

  if (a->root == b->root)
    return TRUE;
  if (a->n_entries != b->n_entries)
    return FALSE;

  for (guint i = 0; i < a->n_entries; i++)
    {
      fermata_trie_next (a, one, FERMATA_TRIE_ANY, &one, &value);
      fermata_trie_next (b, other, FERMATA_TRIE_ANY, &other, &other_value);
      if (one != other || (value != other_value && !equal (value, other_value)))
        return FALSE;
      for (guint mark = 0; mark < FERMATA_TRIE_MARKS; mark++)
        {
          if (bears (a, one, mark) != bears (b, one, mark))
            return FALSE;
        }
      one++;
      other++;
    }

  return TRUE;
}
