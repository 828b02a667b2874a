/* fermata-json-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "format/fermata-json.h"
#include "value/fermata-places.h"

G_BEGIN_DECLS

/* A read of one text. */
typedef struct {
  GBytes *text;
  const char *name;
  GListStore *diagnostics;
  guint n_errors;
} FermataJsonRead;

/* So many errors of one text are kept. */
#define FERMATA_JSON_MAX_DIAGNOSTICS 1000u

/* Gives the diagnostic (transfer none), to say more in it; NULL if there are
 * too many. */
FermataDiagnostic *fermata_json_read_report     (FermataJsonRead     *self,
                                                 const char          *code,
                                                 const char          *path,
                                                 FermataTextPosition *position,
                                                 const char          *message);

/* The text's value; NULL, and told of, if it is no JSON. */
FermataValue      *fermata_json_read_value      (FermataJsonRead     *self,
                                                 gboolean            *is_incomplete);

/* After the last report: places are found, and @error is the first of them. */
void               fermata_json_read_end        (FermataJsonRead     *self,
                                                 gboolean             has_failed,
                                                 GError             **error);

/* Tells of all names that an object has twice; the text is JSON otherwise. */
void               fermata_json_find_duplicates (FermataJsonRead     *self);

/* Tells of what has the wrong shape for a graph. */
void               fermata_json_check_shape     (FermataJsonRead     *self,
                                                 FermataValue        *value);

G_END_DECLS
