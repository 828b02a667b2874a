/* fermata-node-description.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "model/fermata-model-types.h"

G_BEGIN_DECLS

/**
 * FermataMemberForm:
 * @FERMATA_MEMBER_FORM_LITERAL: taken as it stands
 * @FERMATA_MEMBER_FORM_TEMPLATE: strings in it, at any depth, may hold {{expressions}}
 * @FERMATA_MEMBER_FORM_EXPRESSION: a string is one JavaScript expression; anything else a literal
 * @FERMATA_MEMBER_FORM_CODE: JavaScript statements, never templated
 *
 * How the text of a member is understood.
 */
typedef enum {
  FERMATA_MEMBER_FORM_LITERAL,
  FERMATA_MEMBER_FORM_TEMPLATE,
  FERMATA_MEMBER_FORM_EXPRESSION,
  FERMATA_MEMBER_FORM_CODE,
} FermataMemberForm;

/**
 * FermataMemberType:
 * @FERMATA_MEMBER_TYPE_ANY: any value
 * @FERMATA_MEMBER_TYPE_BOOLEAN: true or false
 * @FERMATA_MEMBER_TYPE_INTEGER: a whole number
 * @FERMATA_MEMBER_TYPE_NUMBER: any number
 * @FERMATA_MEMBER_TYPE_STRING: text
 * @FERMATA_MEMBER_TYPE_DURATION: "250ms", "30s", "5m", "1h", or a number of seconds
 * @FERMATA_MEMBER_TYPE_ARRAY: an array
 * @FERMATA_MEMBER_TYPE_STRINGS: an array of texts
 * @FERMATA_MEMBER_TYPE_OBJECT: an object
 * @FERMATA_MEMBER_TYPE_CHOICE: one of a list of texts
 *
 * What a parameter may be, once its templates are filled in.
 */
typedef enum {
  FERMATA_MEMBER_TYPE_ANY,
  FERMATA_MEMBER_TYPE_BOOLEAN,
  FERMATA_MEMBER_TYPE_INTEGER,
  FERMATA_MEMBER_TYPE_NUMBER,
  FERMATA_MEMBER_TYPE_STRING,
  FERMATA_MEMBER_TYPE_DURATION,
  FERMATA_MEMBER_TYPE_ARRAY,
  FERMATA_MEMBER_TYPE_STRINGS,
  FERMATA_MEMBER_TYPE_OBJECT,
  FERMATA_MEMBER_TYPE_CHOICE,
} FermataMemberType;

/**
 * FermataParameter:
 * @name: the member of `with`
 * @type: what it may be
 * @form: how its text is understood
 * @required: whether it must be there
 * @choices: (nullable) (array zero-terminated=1): for choices
 * @default_json: (nullable): its default as JSON text
 * @doc: one or two sentences
 * @names: (nullable) (array zero-terminated=1): names that an expression in it
 *   sees besides those that every parameter does, such as `event`; it is then
 *   evaluated when they are there, and not when the node starts
 * @minimum: of numbers, the least that it may be
 * @maximum: the most; 0 where there are no bounds, %G_MAXDOUBLE where there is
 *   no upper one
 *
 * One parameter of a node type.
 */
typedef struct {
  const char *name;
  FermataMemberType type;
  FermataMemberForm form;
  gboolean required;
  const char *const *choices;
  const char *default_json;
  const char *doc;
  const char *const *names;
  double minimum;
  double maximum;
} FermataParameter;

/**
 * FermataRouting:
 * @FERMATA_ROUTING_NONE: every edge is taken, or has its own condition
 * @FERMATA_ROUTING_BOOLEAN: at most one edge is taken: the one whose `case`,
 *   true or false, is what the node found
 * @FERMATA_ROUTING_VALUE: exactly one edge is taken: the one whose `case` is
 *   equal to what the node found
 *
 * Which of the edges that leave a node are taken when it is done.
 */
typedef enum {
  FERMATA_ROUTING_NONE,
  FERMATA_ROUTING_BOOLEAN,
  FERMATA_ROUTING_VALUE,
} FermataRouting;

/**
 * FermataBodyRule:
 * @FERMATA_BODY_RULE_NONE: it has no body
 * @FERMATA_BODY_RULE_ONCE: its body runs once
 * @FERMATA_BODY_RULE_TIMEOUT: its body runs once, bounded by a time or a budget
 * @FERMATA_BODY_RULE_ITEMS: its body runs once for each item
 * @FERMATA_BODY_RULE_COPIES: its body runs as many times as it is told
 * @FERMATA_BODY_RULE_WHILE: its body runs as long as a condition holds
 * @FERMATA_BODY_RULE_TRY: its body runs once; what it fails with may be caught
 *   by `catch`, and `finally` runs whatever happened
 * @FERMATA_BODY_RULE_BRANCHES: its body runs once, until enough of its branches
 *   have ended well
 * @FERMATA_BODY_RULE_RACE: its body runs once, until one of its branches has
 *   ended well
 *
 * How a node runs the graph that is its `body`.
 */
typedef enum {
  FERMATA_BODY_RULE_NONE,
  FERMATA_BODY_RULE_ONCE,
  FERMATA_BODY_RULE_TIMEOUT,
  FERMATA_BODY_RULE_ITEMS,
  FERMATA_BODY_RULE_COPIES,
  FERMATA_BODY_RULE_WHILE,
  FERMATA_BODY_RULE_TRY,
  FERMATA_BODY_RULE_BRANCHES,
  FERMATA_BODY_RULE_RACE,
} FermataBodyRule;

/**
 * FermataExit:
 * @FERMATA_EXIT_NONE: its graph goes on
 * @FERMATA_EXIT_RETURN: its graph, or the run, ends with its output as the result
 * @FERMATA_EXIT_BREAK: the nearest loop around it ends
 * @FERMATA_EXIT_CONTINUE: the nearest loop around it goes on with the next item
 *   or round
 *
 * What a node ends when it is done.
 */
typedef enum {
  FERMATA_EXIT_NONE,
  FERMATA_EXIT_RETURN,
  FERMATA_EXIT_BREAK,
  FERMATA_EXIT_CONTINUE,
} FermataExit;

/**
 * FermataNodeDescription:
 * @name: the member `type` of a node
 * @title: for people
 * @category: where a palette puts it
 * @icon_name: a symbolic icon
 * @doc: what it does, in a few sentences
 * @output_doc: what its output is
 * @parameters: the members of `with`
 * @n_parameters: how many
 * @timeout: (nullable): what an attempt may take where the node says nothing,
 *   such as "60s"
 * @routing: which of its edges are taken
 * @body_rule: how it runs the graph that is the node's `body`, in frames of its
 *   own; what they give is its output
 * @exit: what it ends when it is done
 *
 * What a node type says of itself: one constant table a type, read by the
 * checker, the palette, the inspector and `fermata types` alike.
 */
typedef struct {
  const char *name;
  const char *title;
  const char *category;
  const char *icon_name;
  const char *doc;
  const char *output_doc;
  const FermataParameter *parameters;
  guint n_parameters;
  const char *timeout;
  FermataRouting routing;
  FermataBodyRule body_rule;
  FermataExit exit;
} FermataNodeDescription;

FERMATA_EXTERN
const char                   *fermata_member_form_to_string        (FermataMemberForm             form);
FERMATA_EXTERN
const char                   *fermata_member_type_to_string        (FermataMemberType             type);
FERMATA_EXTERN
gboolean                      fermata_member_form_from_string      (const char                   *string,
                                                                    FermataMemberForm            *form);
FERMATA_EXTERN
gboolean                      fermata_member_type_from_string      (const char                   *string,
                                                                    FermataMemberType            *type);
FERMATA_EXTERN
const char                   *fermata_body_rule_to_string          (FermataBodyRule               rule);
FERMATA_EXTERN
gboolean                      fermata_body_rule_from_string        (const char                   *string,
                                                                    FermataBodyRule              *rule);
FERMATA_EXTERN
gboolean                      fermata_body_rule_is_loop            (FermataBodyRule               rule);
FERMATA_EXTERN
const char                   *fermata_exit_to_string               (FermataExit                   exit);
FERMATA_EXTERN
gboolean                      fermata_exit_from_string             (const char                   *string,
                                                                    FermataExit                  *exit);
FERMATA_EXTERN
const FermataParameter       *fermata_node_description_find        (const FermataNodeDescription *self,
                                                                    const char                   *name);

/* For types without a constant table, made in other languages. */
FERMATA_EXTERN
FermataNodeDescription       *fermata_node_description_new_from_value (FermataValue              *value,
                                                                       GError                   **error);
FERMATA_EXTERN
void                          fermata_node_description_free        (FermataNodeDescription       *self);

#define FERMATA_TYPE_NODE_CATALOG (fermata_node_catalog_get_type ())

/**
 * FermataNodeCatalog:
 *
 * The descriptions of all node types there are, by name.
 */
FERMATA_EXTERN
G_DECLARE_FINAL_TYPE (FermataNodeCatalog, fermata_node_catalog, FERMATA, NODE_CATALOG, GObject)

FERMATA_EXTERN
FermataNodeCatalog           *fermata_node_catalog_new             (void);

/* @description must live as long as the catalog. */
FERMATA_EXTERN
void                          fermata_node_catalog_add             (FermataNodeCatalog           *self,
                                                                    const FermataNodeDescription *description);
FERMATA_EXTERN
const FermataNodeDescription *fermata_node_catalog_find            (FermataNodeCatalog           *self,
                                                                    const char                   *name);

/* In the order of names. */
FERMATA_EXTERN
guint                         fermata_node_catalog_get_n_types     (FermataNodeCatalog           *self);
FERMATA_EXTERN
const FermataNodeDescription *fermata_node_catalog_get_nth         (FermataNodeCatalog           *self,
                                                                    guint                         index);

G_END_DECLS
