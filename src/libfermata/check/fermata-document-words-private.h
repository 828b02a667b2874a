/* fermata-document-words-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "model/fermata-node-description.h"

G_BEGIN_DECLS

/*
 * Every word that a document may use, as one constant table: the things there
 * are, and the members of each. The checker walks a document by it; the
 * schema and the reference are compared with it.
 */

typedef enum {
  FERMATA_THING_GRAPH,
  FERMATA_THING_BODY,
  FERMATA_THING_NODE,
  FERMATA_THING_STATE,
  FERMATA_THING_TASK,
  FERMATA_THING_EDGE,
  FERMATA_THING_TRANSITION,
  FERMATA_THING_INITIAL,
  FERMATA_THING_INPUT,
  FERMATA_THING_RETRY,
  FERMATA_THING_ON_ERROR,
  FERMATA_THING_CACHE,
  FERMATA_THING_CIRCUIT_BREAKER,
  FERMATA_THING_RATE_LIMIT,
  FERMATA_THING_BUDGET,
  FERMATA_THING_ACTION,
  FERMATA_THING_RAISE,
  FERMATA_THING_SEND,
  /* Machines with one of SCXML's data models */
  FERMATA_THING_SCXML_STATE,
  FERMATA_THING_SCXML_TASK,
  FERMATA_THING_SCXML_TRANSITION,
  FERMATA_THING_SCXML_INITIAL,
  FERMATA_THING_SCXML_DECLARATION,
  FERMATA_THING_SCXML_ACTION,
  FERMATA_THING_SCXML_ASSIGN,
  FERMATA_THING_SCXML_RAISE,
  FERMATA_THING_SCXML_SEND,
  FERMATA_THING_SCXML_CANCEL,
  FERMATA_THING_SCXML_LOG,
  FERMATA_THING_SCXML_SCRIPT,
  FERMATA_THING_SCXML_PARAM,
  FERMATA_THING_SCXML_DATA,
  FERMATA_N_THINGS
} FermataThingKind;

/* What is done with a value besides looking at its type. */
typedef enum {
  FERMATA_ROLE_PLAIN,       /* nothing */
  FERMATA_ROLE_KIND,        /* of a graph */
  FERMATA_ROLE_TYPE,        /* of a node */
  FERMATA_ROLE_ID,          /* of a node or edge, where it is defined */
  FERMATA_ROLE_PROSE,       /* text for people: what is in it means nothing */
  FERMATA_ROLE_KEPT,        /* nodes, edges, bodies: things of the model, visited as such */
  FERMATA_ROLE_THING,       /* an object, if it is one, is a `thing` */
  FERMATA_ROLE_THINGS,      /* a `thing`, or an array of them */
  FERMATA_ROLE_MAP,         /* an object of names to `thing` */
  FERMATA_ROLE_COUNTS,      /* an object of names to whole numbers */
  FERMATA_ROLE_VARIABLES,   /* an object of JavaScript names to values */
  FERMATA_ROLE_PARAMETERS,  /* `with`: its members are the node type's */
  FERMATA_ROLE_ERROR_KIND,  /* kinds of errors */
  FERMATA_ROLE_ASSIGN,      /* an ordered array of { variable: expression } */
  FERMATA_ROLE_DEFAULT,     /* must fit the `type` beside it */
  FERMATA_ROLE_SCHEMA,      /* a JSON Schema */
  FERMATA_ROLE_STATE,       /* first values, which see the inputs only */
  FERMATA_ROLE_FOREIGN,     /* text in another language, where braces may stand */
  FERMATA_ROLE_BLOCKS,      /* a `thing`, or an array of them, or of arrays of them */
  FERMATA_ROLE_LOCATIONS,   /* a `thing`, or an array of { location: expression } */
  FERMATA_ROLE_LOCATION,    /* what can be assigned to, or a list of such */
  FERMATA_ROLE_CONDITION,   /* an expression that is true or false */
  FERMATA_ROLE_FOREIGN_ACTION, /* what is kept and does nothing */
} FermataRole;

/* The names that an expression may see. */
typedef enum {
  FERMATA_NAME_INPUTS = 1 << 0,
  FERMATA_NAME_VARIABLES = 1 << 1,
  FERMATA_NAME_INPUT = 1 << 2,
  FERMATA_NAME_OUTPUT = 1 << 3,
  FERMATA_NAME_NODES = 1 << 4,
  FERMATA_NAME_EVENT = 1 << 5,
  FERMATA_NAME_ITERATION = 1 << 6,
  FERMATA_NAME_ERROR = 1 << 7,
  FERMATA_NAME_ATTEMPT = 1 << 8,
  FERMATA_NAME_RUN = 1 << 9,
  FERMATA_NAME_STATE = 1 << 10,
  FERMATA_NAME_COUNT = 1 << 11,       /* `last` and `count` of `iteration` */
} FermataNames;

typedef enum {
  FERMATA_KINDS_DAG = 1 << FERMATA_GRAPH_KIND_DAG,
  FERMATA_KINDS_FLOW = 1 << FERMATA_GRAPH_KIND_FLOW,
  FERMATA_KINDS_FSM = 1 << FERMATA_GRAPH_KIND_FSM,
  FERMATA_KINDS_TASKS = FERMATA_KINDS_DAG | FERMATA_KINDS_FLOW,
  FERMATA_KINDS_ALL = FERMATA_KINDS_TASKS | FERMATA_KINDS_FSM,
} FermataKinds;

/* A set of FermataMemberType; 0 is any. */
typedef guint16 FermataMemberTypes;

#define FERMATA_TYPES(type) ((FermataMemberTypes) (1u << FERMATA_MEMBER_TYPE_##type))

/**
 * FermataThingMember:
 * @name: the word
 * @types: what its value may be
 * @form: how its text is understood
 * @role: what else is to be known of it
 * @kinds: the kinds of graph that have it
 * @required: whether it must be there
 * @needs_scxml: whether only machines with one of SCXML's data models have it
 * @thing: for roles that lead to another thing
 * @names: the names that an expression in it sees besides those of its graph
 * @choices: (nullable): the texts it may be
 * @minimum: for numbers
 * @maximum: for numbers; 0 where there are no bounds
 * @doc: one or two sentences
 */
typedef struct {
  const char *name;
  FermataMemberTypes types;
  guint8 form;
  guint8 role;
  guint8 kinds;
  gboolean required;
  gboolean needs_scxml;
  guint8 thing;
  guint16 names;
  const char *const *choices;
  double minimum;
  double maximum;
  const char *doc;
} FermataThingMember;

/**
 * FermataThing:
 * @name: for messages: "node", "edge", "retry policy"
 * @members: its members
 * @n_members: how many
 * @is_parameters: whether they are the parameters of a node type
 * @is_open: whether it may have others besides
 * @missed: a bit for each of the first 64 members whose absence means
 *   something; see fermata_thing_fill()
 */
typedef struct {
  const char *name;
  const FermataThingMember *members;
  guint n_members;
  gboolean is_parameters;
  gboolean is_open;
  guint64 missed;
} FermataThing;

/* Notes what is missed where it is absent. */
void                      fermata_thing_fill        (FermataThing         *self);
const FermataThing       *fermata_thing_get         (FermataThingKind      kind);
const FermataThingMember *fermata_thing_find_member (const FermataThing   *self,
                                                     const char           *name);
const char *const        *fermata_error_kinds       (void);

G_END_DECLS
