/* fermata-check-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "check/fermata-check-ids-private.h"
#include "check/fermata-checker.h"
#include "check/fermata-document-words-private.h"
#include "model/fermata-documents-private.h"

G_BEGIN_DECLS

/*
 * One check of one document.
 *
 * Nothing is built for what is right: the walk notes where it is as a stack
 * of steps, and only a diagnostic makes a path of them.
 */
typedef struct _FermataCheck FermataCheck;
typedef struct _FermataCheckLevel FermataCheckLevel;
typedef struct _FermataCheckMachine FermataCheckMachine;
typedef struct _FermataCheckCache FermataCheckCache;
typedef struct _FermataCheckRight FermataCheckRight;
typedef struct _FermataCheckOrder FermataCheckOrder;
typedef struct _FermataCheckWalk FermataCheckWalk;
typedef struct _FermataCheckFiles FermataCheckFiles;

/* A member of that name, or (name NULL) an element. */
typedef struct {
  const char *name;
  gsize index;
} FermataCheckStep;

/* What is known of a node or an edge. */
typedef enum {
  FERMATA_MARK_HAS_EDGE = 1 << 0,
  FERMATA_MARK_ITEMS = 1 << 1,        /* an edge brings items one by one */
  FERMATA_MARK_ERROR = 1 << 2,        /* an edge brings errors */
  FERMATA_MARK_NAMED_INPUT = 1 << 3,  /* an edge gives its input a name */
  FERMATA_MARK_BARE = 1 << 4,         /* an edge that has two ends and nothing else */
} FermataMarks;

/* What expressions of a graph are written in, and what its actions are. */
typedef enum {
  FERMATA_CHECK_MODEL_FERMATA,
  FERMATA_CHECK_MODEL_ECMASCRIPT,
  FERMATA_CHECK_MODEL_NULL,
} FermataCheckModel;

/* One edge to one target, both by their place in the level. */
typedef struct {
  guint source;
  guint target;
  guint edge;
} FermataArc;

/*
 * One namespace: the document, or a body, with all states that are nested in
 * it. Levels lie in a stack, so what is outside can be read.
 */
struct _FermataCheckLevel {
  FermataCheckLevel *outer;
  FermataGraph *graph;
  FermataGraphKind kind;
  gboolean kind_is_guessed;   /* the document names none that exists */
  guint8 model;               /* FermataCheckModel */
  guint16 names;              /* what any expression in it sees */
  guint8 rule;                /* FermataBodyRule of what runs it */
  gboolean is_last;           /* it is a “finally”, which runs whatever happens */
  gboolean is_in_loop;        /* a node in it may end an item or a round */
  FermataValue *inputs;       /* as declared, NULL if there are none */
  FermataValue *variables;
  guint owner;                /* place of the body's node in the outer level */

  FermataNode **nodes;        /* in document order, a state before those in it */
  guint8 *marks;              /* FermataMarks of each */
  guint n_nodes;
  FermataCheckIds *ids;       /* id -> place in nodes, of the first that has it */

  FermataCheckMachine *machine; /* fsm; NULL until the nodes have been collected */
  gboolean is_too_deep;       /* states in states: those further in are not looked at */
  gboolean has_loose_ends;    /* an edge or `initial` leads nowhere: who knows what it meant */
  GArray *arcs;               /* FermataArc, in document order */
  guint8 *edge_marks;         /* FermataMarks of each edge, and so of what it leads to */
  FermataCheckOrder *order;   /* NULL where it makes no sense: fsm, cycles */

  guint next_node;            /* how far its bodies have been visited */
  guint next_body;
  GPtrArray *inner;           /* FermataCheckInner, of tasks that are no nodes; or NULL */
  char *prefix;               /* path of the graph, where it does not know itself; or NULL */
};

/* A body that the model does not know, since it is of the task of a state. */
typedef struct {
  FermataGraph *graph;
  char *path;
  guint owner;
  guint16 names;
  guint8 rule;
  gboolean is_last;
} FermataCheckInner;

struct _FermataCheck {
  FermataNodeCatalog *catalog;
  FermataEvaluator *evaluator;
  FermataLoader *loader;      /* NULL: files that nodes name are not looked at, */
  FermataCheckFiles *files;   /* and this is */
  FermataDocument *document;
  GListStore *diagnostics;
  gboolean strict;
  guint n_before;             /* diagnostics that were in the list already */
  guint n_found;
  guint n_errors;
  guint n_scanned;            /* kept ones behind this place are all errors */
  FermataDiagnostic *last;    /* the one reported last, NULL if it was not kept */

  FermataCheckLevel *level;
  FermataNode *node;          /* what the steps start from: at most one is set, */
  FermataEdge *edge;          /* else it is the level's graph */
  guint node_index;           /* the node's place in the level */
  FermataCheckStep *steps;
  guint n_steps;
  guint n_steps_alloc;

  FermataCheckWalk *walk;     /* over members */
  GHashTable *types;          /* FermataNodeDescription -> FermataThing */
  GHashTable *shared[2];      /* name -> first policy of it; of circuit breakers, of rate limits */
  const FermataThing *recent_types[16]; /* by a hash of their names */
  FermataCheckCache *cache;
  FermataCheckRight *right;
  gint64 comparisons_left;    /* bounds the search for what was meant */
};

/* fermata-check-report.c */
void                fermata_check_grow_steps    (FermataCheck       *self);
void                fermata_check_report        (FermataCheck       *self,
                                                 FermataSeverity     severity,
                                                 const char         *code,
                                                 const char         *format,
                                                 ...) G_GNUC_PRINTF (4, 5);
FermataDiagnostic  *fermata_check_make          (FermataCheck       *self,
                                                 FermataSeverity     severity,
                                                 const char         *code,
                                                 const char         *message);
void                fermata_check_add           (FermataCheck       *self,
                                                 FermataDiagnostic  *diagnostic);
void                fermata_check_add_hint      (FermataCheck       *self,
                                                 const char         *format,
                                                 ...) G_GNUC_PRINTF (2, 3);
void                fermata_check_point_at_byte (FermataCheck       *self,
                                                 gsize               offset);
void                fermata_check_point_at_name (FermataCheck       *self);
void                fermata_check_relate        (FermataCheck       *self,
                                                 const char         *path);
void                fermata_check_finish        (FermataCheck       *self);
char               *fermata_check_dup_path      (FermataCheck       *self);
char               *fermata_check_dup_member    (FermataCheck       *self);
char               *fermata_check_dup_graph     (FermataCheckLevel  *level);

static inline void
fermata_check_step (FermataCheck     *self,
                    FermataCheckStep  step)
{
  if (G_UNLIKELY (self->n_steps == self->n_steps_alloc))
    fermata_check_grow_steps (self);

  self->steps[self->n_steps++] = step;
}

static inline void
fermata_check_step_into (FermataCheck *self,
                         const char   *name)
{
  fermata_check_step (self, (FermataCheckStep) { .name = name });
}

static inline void
fermata_check_step_to (FermataCheck *self,
                       gsize         index)
{
  fermata_check_step (self, (FermataCheckStep) { .index = index });
}

static inline void
fermata_check_step_out (FermataCheck *self)
{
  self->n_steps--;
}

G_END_DECLS
