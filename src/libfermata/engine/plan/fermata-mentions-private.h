/* fermata-mentions-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "value/fermata-value.h"

G_BEGIN_DECLS

/* The names of one kind that are mentioned: some, or any. */
typedef struct {
  GHashTable *names;
  gboolean all;
} FermataMentioned;

/*
 * Which inputs, variables and nodes a part of a document mentions, in whatever
 * form: template, expression, code. It may find more than there are (text that
 * only looks so), and never fewer: "inputs" with nothing after it that could
 * be a name, such as in "inputs[key]", mentions all of them.
 */
typedef struct {
  FermataMentioned inputs;
  FermataMentioned variables;
  FermataMentioned nodes;
} FermataMentions;

void     fermata_mentions_init  (FermataMentions *self);
void     fermata_mentions_clear (FermataMentions *self);

/* The texts in @value, but those for people and those that are the user's
 * own: `label`, `description`, `x-…` at the top. */
void     fermata_mentions_add   (FermataMentions *self,
                                 FermataValue    *value);

/* Whether a word, a name of its own, stands in any text of @value. */
gboolean fermata_mentions_has_word (FermataValue *value,
                                    const char   *word);

/* Of a node or edge, the members that make a difference when it runs. */
gboolean fermata_mentions_is_plain_member (const char *name);

/* Whether @text stands in any text of @value, or may. */
gboolean fermata_mentions_has_text (FermataValue *value,
                                    const char   *text);

G_END_DECLS
