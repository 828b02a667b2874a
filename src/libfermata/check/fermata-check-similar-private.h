/* fermata-check-similar-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "check/fermata-check-private.h"

G_BEGIN_DECLS

/*
 * "Did you mean": offer it all names there are, then ask for the one that is
 * most like the name that is not.
 */
typedef struct {
  FermataCheck *check;
  const char *wanted;
  const char *best;      /* NULL: nothing like it so far */
  guint best_distance;
} FermataCheckSimilar;

void     fermata_check_similar_init  (FermataCheckSimilar *self,
                                      FermataCheck        *check,
                                      const char          *wanted);
gboolean fermata_check_similar_offer (FermataCheckSimilar *self,
                                      const char          *name);
gboolean fermata_check_similar_offer_members
                                     (FermataCheckSimilar *self,
                                      FermataValue        *object);
void     fermata_check_similar_hint  (FermataCheckSimilar *self);

/* The common cases */
void     fermata_check_hint_string   (FermataCheck        *check,
                                      const char          *wanted,
                                      const char *const   *names);
void     fermata_check_hint_node     (FermataCheck        *check,
                                      const char          *wanted,
                                      gboolean             outer_too);

/* How many letters have to be changed, added, left out or swapped with their
 * neighbour; @limit + 1 when more than that. */
guint    fermata_check_edit_distance (const char          *a,
                                      const char          *b,
                                      guint                limit);

G_END_DECLS
