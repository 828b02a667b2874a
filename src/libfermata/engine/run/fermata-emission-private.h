/* fermata-emission-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "value/fermata-value.h"

G_BEGIN_DECLS

/*
 * How the lines of a stream become items. A line ends at a line feed; the last
 * one may lack it.
 */
typedef enum {
  /* Each line is a text. */
  FERMATA_EMIT_LINES,

  /* Each line is a JSON text; those of white space alone are no items. */
  FERMATA_EMIT_NDJSON,
} FermataEmit;

/* A longer line is an error: it would have to be held in memory. */
#define FERMATA_EMIT_MAX_LINE (64u * 1024 * 1024)

/*
 * Finds the items in what one attempt prints, as it comes. Every line is looked
 * at, whether anybody wants its item or not, so that what is wrong with the
 * stream does not depend on who reads it.
 */
typedef struct _FermataEmission FermataEmission;

FermataEmission *fermata_emission_new  (FermataEmit       format);
void             fermata_emission_free (FermataEmission  *self);

/* Takes in bytes; @n_items is how many items are complete by them. FALSE with a
 * #FERMATA_TASK_ERROR that names the line. */
gboolean         fermata_emission_add  (FermataEmission  *self,
                                        const guint8     *data,
                                        gsize             length,
                                        guint64          *n_items,
                                        GError          **error);

/* The stream has ended: what is left is a line too. */
gboolean         fermata_emission_end  (FermataEmission  *self,
                                        guint64          *n_items,
                                        GError          **error);

/* The item of a line without its line feed (transfer full); NULL without an
 * error if the line is none. */
FermataValue    *fermata_emit_read     (FermataEmit       format,
                                        const char       *line,
                                        gsize             length,
                                        guint64           number,
                                        GError          **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FermataEmission, fermata_emission_free)

G_END_DECLS
