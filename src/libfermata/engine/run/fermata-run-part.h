/* fermata-run-part.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/history/fermata-history.h"

G_BEGIN_DECLS

#define FERMATA_TYPE_RUN_PART (fermata_run_part_get_type ())

/**
 * FermataRunPart:
 *
 * Which part of a graph is to run, and where the outputs of what is left out
 * come from. Without any choice, everything runs.
 */
FERMATA_EXTERN
G_DECLARE_FINAL_TYPE (FermataRunPart, fermata_run_part, FERMATA, RUN_PART, GObject)

FERMATA_EXTERN
FermataRunPart *fermata_run_part_new         (void);

/* Which nodes. "from" and "until" together: what is between them. */
FERMATA_EXTERN
void            fermata_run_part_add_from    (FermataRunPart  *self,
                                              const char      *node);
FERMATA_EXTERN
void            fermata_run_part_add_until   (FermataRunPart  *self,
                                              const char      *node);
FERMATA_EXTERN
void            fermata_run_part_add_only    (FermataRunPart  *self,
                                              const char      *node);
FERMATA_EXTERN
void            fermata_run_part_set_changed (FermataRunPart  *self,
                                              gboolean         changed);

/* What is known of the others. */
FERMATA_EXTERN
void            fermata_run_part_set_history (FermataRunPart  *self,
                                              FermataHistory  *history);
FERMATA_EXTERN
void            fermata_run_part_add_pin     (FermataRunPart  *self,
                                              const char      *node,
                                              FermataValue    *output);

/* What was of no use, once a run has ended. */
FERMATA_EXTERN
char          **fermata_run_part_list_unused_pins (FermataRunPart  *self,
                                                   FermataHistory  *history);

/* Whether it makes sense for a graph, as far as that can be told before the
 * inputs are known. */
FERMATA_EXTERN
gboolean        fermata_run_part_check       (FermataRunPart  *self,
                                              FermataPlan     *plan,
                                              GError         **error);

G_END_DECLS
