/* fermata-app-look.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "fermata-app-document.h"

G_BEGIN_DECLS

/* How far a node is, for the eye. Each has a colour, an icon, an outline and a
 * word of its own (fermata_app_status_to_string(), translated). */
typedef enum {
  FERMATA_APP_STATUS_NONE,      /* no run, or not in it */
  FERMATA_APP_STATUS_WAITING,
  FERMATA_APP_STATUS_RUNNING,   /* a task is under way */
  FERMATA_APP_STATUS_ACTIVE,    /* of a state */
  FERMATA_APP_STATUS_VISITED,   /* of a state: was active */
  FERMATA_APP_STATUS_DONE,
  FERMATA_APP_STATUS_FAILED,
  FERMATA_APP_STATUS_SKIPPED,
  FERMATA_APP_STATUS_CANCELLED,
} FermataAppStatus;

typedef enum {
  FERMATA_APP_PATH_NONE,
  FERMATA_APP_PATH_TAKEN,       /* at some time before the moment looked at */
  FERMATA_APP_PATH_LATEST,      /* by the latest step */
  FERMATA_APP_PATH_REFUSED,
  FERMATA_APP_PATH_FAILED,
} FermataAppPath;

typedef enum {
  FERMATA_APP_BREAKPOINT_NONE,
  FERMATA_APP_BREAKPOINT_SET,
  FERMATA_APP_BREAKPOINT_CONDITION,
  FERMATA_APP_BREAKPOINT_DISABLED,
} FermataAppBreakpointLook;

/*
 * What a node or an edge looks like at the moment that is looked at: a few bytes
 * that tell whether it has to be drawn anew. Asked for what is visible, in each
 * frame; so it costs nothing that grows with the graph or the history.
 */
typedef struct {
  guint8 status;      /* FermataAppStatus, of a node */
  guint8 path;        /* FermataAppPath, of an edge */
  guint8 breakpoint;  /* FermataAppBreakpointLook */
  guint8 is_held : 1; /* what is decided next, held or in the past, is here */
  guint8 severity : 2; /* the worst problem, FermataSeverity + 1; 0: none */
  guint32 detail;     /* changes when the caption does */
} FermataAppLook;

void        fermata_app_look_at_node        (FermataAppDocument *document,
                                             FermataNode        *node,
                                             FermataAppLook     *look);
void        fermata_app_look_at_edge        (FermataAppDocument *document,
                                             FermataEdge        *edge,
                                             FermataAppLook     *look);
gboolean    fermata_app_look_equal          (const FermataAppLook *a,
                                             const FermataAppLook *b);

/* The line below a node's type: its last value, "attempt 2 of 3", "12 visits",
 * "for 4.2 s"; NULL for nothing (transfer full). */
char       *fermata_app_look_dup_caption    (FermataAppDocument *document,
                                             FermataNode        *node);
const char *fermata_app_status_to_string    (FermataAppStatus    status);
const char *fermata_app_status_get_icon     (FermataAppStatus    status);

/* What stands on an edge: event, guard and actions, in short; NULL for nothing
 * (transfer full). */
char       *fermata_app_look_dup_edge_label (FermataEdge        *edge);

/* For assistive technology, and tests: "locked, state, active, breakpoint" and
 * "locked to unlocked, coin, taken" (transfer full). */
char       *fermata_app_look_dup_node_name  (FermataAppDocument *document,
                                             FermataNode        *node);
char       *fermata_app_look_dup_edge_name  (FermataAppDocument *document,
                                             FermataEdge        *edge);

G_END_DECLS
