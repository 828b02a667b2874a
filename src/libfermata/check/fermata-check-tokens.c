/* fermata-check-tokens.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "check/fermata-check-tokens-private.h"

#include <string.h>

typedef struct {
  guint parent;
  guint length;
  const char *token;
} Key;

struct _FermataCheckTokens {
  GHashTable *nodes; /* Key -> number of the node below its parent */
  GArray *marks;     /* by node */
};

static guint
key_hash (gconstpointer data)
{
  const Key *key = data;
  guint hash = key->parent * 2654435761u;

  for (guint i = 0; i < key->length; i++)
    hash = hash * 33 + (guint8) key->token[i];

  return hash;
}

static gboolean
key_equal (gconstpointer a,
           gconstpointer b)
{
  const Key *x = a;
  const Key *y = b;

  return x->parent == y->parent && x->length == y->length && memcmp (x->token, y->token, x->length) == 0;
}

FermataCheckTokens *
fermata_check_tokens_new (void)
{
  FermataCheckTokens *self = g_new0 (FermataCheckTokens, 1);

  self->nodes = g_hash_table_new_full (key_hash, key_equal, g_free, NULL);
  self->marks = g_array_new (FALSE, TRUE, sizeof (guint));

  return self;
}

void
fermata_check_tokens_free (FermataCheckTokens *self)
{
  g_hash_table_unref (self->nodes);
  g_array_unref (self->marks);
  g_free (self);
}

guint
fermata_check_tokens_add_root (FermataCheckTokens *self)
{
  g_array_set_size (self->marks, self->marks->len + 1);

  return self->marks->len - 1;
}

gsize
fermata_check_tokens_length (const char *descriptor)
{
  gsize length = strlen (descriptor);

  if (strcmp (descriptor, "*") == 0)
    return 0;
  else if (length >= 2 && strcmp (descriptor + length - 2, ".*") == 0)
    return length - 2;
  else if (length >= 1 && descriptor[length - 1] == '.')
    return length - 1;
  else
    return length;
}

/* The next token from @p on, which ends before @end; NULL: there is none. */
static const char *
next_token (const char *p,
            const char *end,
            Key        *key)
{
  const char *dot;

  if (p == NULL || p > end)
    return NULL;

  dot = memchr (p, '.', (gsize) (end - p));
  key->token = p;
  key->length = (guint) ((dot != NULL ? dot : end) - p);

  return dot != NULL ? dot + 1 : end + 1;
}

/* Of a descriptor that is `*`, there is none. */
static const char *
first_token (const char  *text,
             const char **end,
             Key         *key)
{
  *end = text + fermata_check_tokens_length (text);

  return *end == text ? NULL : next_token (text, *end, key);
}

guint
fermata_check_tokens_add (FermataCheckTokens *self,
                          guint               root,
                          const char         *text)
{
  Key key = { .parent = root };
  const char *end;

  for (const char *p = first_token (text, &end, &key); p != NULL; p = next_token (p, end, &key))
    {
      gpointer node;

      if (!g_hash_table_lookup_extended (self->nodes, &key, NULL, &node))
        {
          node = GUINT_TO_POINTER (fermata_check_tokens_add_root (self));
          g_hash_table_insert (self->nodes, g_memdup2 (&key, sizeof key), node);
        }

      key.parent = GPOINTER_TO_UINT (node);
    }

  return key.parent;
}

guint
fermata_check_tokens_get_mark (FermataCheckTokens *self,
                               guint               node)
{
  return g_array_index (self->marks, guint, node);
}

void
fermata_check_tokens_set_mark (FermataCheckTokens *self,
                               guint               node,
                               guint               mark)
{
  g_array_index (self->marks, guint, node) = mark;
}

guint
fermata_check_tokens_cover (FermataCheckTokens *self,
                            guint               root,
                            const char         *text)
{
  Key key = { .parent = root };
  guint mark = fermata_check_tokens_get_mark (self, root);
  const char *end;

  for (const char *p = first_token (text, &end, &key); p != NULL && mark == 0; p = next_token (p, end, &key))
    {
      gpointer node;

      if (!g_hash_table_lookup_extended (self->nodes, &key, NULL, &node))
        return 0;

      key.parent = GPOINTER_TO_UINT (node);
      mark = fermata_check_tokens_get_mark (self, key.parent);
    }

  return mark;
}

gboolean
fermata_check_tokens_has (FermataCheckTokens *self,
                          guint               root,
                          const char         *text)
{
  Key key = { .parent = root };
  const char *end;

  for (const char *p = first_token (text, &end, &key); p != NULL; p = next_token (p, end, &key))
    {
      gpointer node;

      if (!g_hash_table_lookup_extended (self->nodes, &key, NULL, &node))
        return FALSE;

      key.parent = GPOINTER_TO_UINT (node);
    }

  return TRUE;
}
