/* fermata-diagnostic.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <gio/gio.h>

#include "fermata-extern.h"

G_BEGIN_DECLS

/**
 * FermataSeverity:
 * @FERMATA_SEVERITY_HINT: could be better
 * @FERMATA_SEVERITY_WARNING: is probably not what was meant
 * @FERMATA_SEVERITY_ERROR: cannot run
 *
 * How bad it is.
 */
typedef enum {
  FERMATA_SEVERITY_HINT,
  FERMATA_SEVERITY_WARNING,
  FERMATA_SEVERITY_ERROR,
} FermataSeverity;

#define FERMATA_TYPE_SEVERITY (fermata_severity_get_type ())

FERMATA_EXTERN
GType              fermata_severity_get_type          (void) G_GNUC_CONST;
FERMATA_EXTERN
const char        *fermata_severity_to_string         (FermataSeverity severity);

#define FERMATA_TYPE_DIAGNOSTIC (fermata_diagnostic_get_type ())

/**
 * FermataDiagnostic:
 *
 * One thing that is wrong with a document: what, and where.
 */
FERMATA_EXTERN
G_DECLARE_FINAL_TYPE (FermataDiagnostic, fermata_diagnostic, FERMATA, DIAGNOSTIC, GObject)

/* @code: stable and short, "unknown-type"; @path: JSON Pointer of the value
 * meant. */
FERMATA_EXTERN
FermataDiagnostic *fermata_diagnostic_new             (FermataSeverity    severity,
                                                       const char        *code,
                                                       const char        *path,
                                                       const char        *message);
FERMATA_EXTERN
FermataSeverity    fermata_diagnostic_get_severity    (FermataDiagnostic *self);
FERMATA_EXTERN
const char        *fermata_diagnostic_get_code        (FermataDiagnostic *self);
FERMATA_EXTERN
const char        *fermata_diagnostic_get_message     (FermataDiagnostic *self);
FERMATA_EXTERN
const char        *fermata_diagnostic_get_path        (FermataDiagnostic *self);

/* NULL where it is about no node, or no member. */
FERMATA_EXTERN
const char        *fermata_diagnostic_get_node        (FermataDiagnostic *self);
FERMATA_EXTERN
void               fermata_diagnostic_set_node        (FermataDiagnostic *self,
                                                       const char        *node);
FERMATA_EXTERN
const char        *fermata_diagnostic_get_member      (FermataDiagnostic *self);
FERMATA_EXTERN
void               fermata_diagnostic_set_member      (FermataDiagnostic *self,
                                                       const char        *member);

/* A hint what to do about it, NULL if there is none. */
FERMATA_EXTERN
const char        *fermata_diagnostic_get_hint        (FermataDiagnostic *self);
FERMATA_EXTERN
void               fermata_diagnostic_set_hint        (FermataDiagnostic *self,
                                                       const char        *hint);

/* JSON Pointer of something else that it is about, NULL if there is none: of
 * two that are called the same, the first. */
FERMATA_EXTERN
const char        *fermata_diagnostic_get_related_path (FermataDiagnostic *self);
FERMATA_EXTERN
void               fermata_diagnostic_set_related_path (FermataDiagnostic *self,
                                                        const char        *related_path);

/* Filled in by the loader that knows the text: line and column from 1, 0 when
 * unknown. */
FERMATA_EXTERN
const char        *fermata_diagnostic_get_file        (FermataDiagnostic *self);
FERMATA_EXTERN
guint              fermata_diagnostic_get_line        (FermataDiagnostic *self);
FERMATA_EXTERN
guint              fermata_diagnostic_get_column      (FermataDiagnostic *self);
FERMATA_EXTERN
void               fermata_diagnostic_set_position    (FermataDiagnostic *self,
                                                       const char        *file,
                                                       guint              line,
                                                       guint              column);

/* The byte within the string at the path that is meant (an expression's own
 * error); -1: the whole value; -2: the member's name. */
FERMATA_EXTERN
gssize             fermata_diagnostic_get_inner_offset (FermataDiagnostic *self);
FERMATA_EXTERN
void               fermata_diagnostic_set_inner_offset (FermataDiagnostic *self,
                                                        gssize             inner_offset);

G_END_DECLS
