/* fermata-check-paths.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "check/fermata-check-rules-private.h"

#include <string.h>

/*
 * Plain paths, `inputs.path` or `{{nodes.a.output}} and {{input}}`, without
 * compiling anything: they are most of what documents hold, each with another
 * id in it. Only what begins with a name of ours is taken as one here, and
 * whatever looks the least bit different is left to the compiler.
 */
#define MAX_USES 8
#define MAX_STEPS 32
#define MAX_LENGTH 512

typedef struct {
  FermataNameUse uses[MAX_USES];
  guint n_uses;
  const char *steps[MAX_STEPS]; /* of all uses, one after the other */
  guint n_steps;
  char text[MAX_LENGTH];        /* the steps, each with its end */
  gsize used;
} Paths;

static gboolean
begins_word (char c)
{
  return g_ascii_isalpha (c) || c == '_' || c == '$';
}

static const char *
skip_space (const char *p)
{
  while (*p == ' ')
    p++;

  return p;
}

/* Takes the word at @p; gives where it ends, NULL if there is none. */
static const char *
take_word (Paths      *self,
           const char *p)
{
  const char *begin = p;
  gsize length;

  if (!begins_word (*p))
    return NULL;

  while (begins_word (*p) || g_ascii_isdigit (*p))
    p++;

  length = (gsize) (p - begin);

  if (self->n_steps == MAX_STEPS || self->used + length + 1 > MAX_LENGTH)
    return NULL;

  memcpy (self->text + self->used, begin, length);
  self->text[self->used + length] = '\0';
  self->steps[self->n_steps++] = self->text + self->used;
  self->used += length + 1;

  return p;
}

/* Takes the path at @p, which stands at byte @offset of the text. */
static const char *
take_path (Paths      *self,
           const char *p,
           gsize       offset)
{
  FermataNameUse *use = &self->uses[self->n_uses];
  guint first = self->n_steps;

  if (self->n_uses == MAX_USES)
    return NULL;

  p = take_word (self, p);
  if (p == NULL || !fermata_check_is_scope_name (self->steps[first]))
    return NULL;

  while (p != NULL && *p == '.')
    p = take_word (self, p + 1);

  use->path = &self->steps[first];
  use->n_path = self->n_steps - first;
  use->offset = offset;
  self->n_uses++;

  return p;
}

/* Gives whether the text is a plain path, and has been checked as one. */
gboolean
fermata_check_plain_expression (FermataCheck *self,
                                FermataValue *string,
                                guint16       names)
{
  gsize length;
  const char *text = fermata_value_get_string (string, &length);
  const char *begin = skip_space (text);
  Paths paths;
  const char *end;

  paths.n_uses = paths.n_steps = 0;
  paths.used = 0;

  end = take_path (&paths, begin, (gsize) (begin - text));
  if (end == NULL || skip_space (end) != text + length)
    return FALSE;

  fermata_check_uses (self, paths.uses, paths.n_uses, 0, names);

  return TRUE;
}

/* Gives whether all templates in the text are plain paths, and have been
 * checked as such. */
gboolean
fermata_check_plain_template (FermataCheck *self,
                              FermataValue *string,
                              guint16       names)
{
  gsize length;
  const char *text = fermata_value_get_string (string, &length);
  Paths paths;

  paths.n_uses = paths.n_steps = 0;
  paths.used = 0;

  for (const char *p = text; (p = memmem (p, (gsize) (text + length - p), "{{", 2)) != NULL;)
    {
      const char *begin = skip_space (p + 2);
      const char *end = take_path (&paths, begin, (gsize) (begin - text));

      if (end == NULL)
        return FALSE;

      end = skip_space (end);
      if (end[0] != '}' || end[1] != '}')
        return FALSE;

      p = end + 2;
    }

  fermata_check_uses (self, paths.uses, paths.n_uses, 0, names);

  return TRUE;
}
