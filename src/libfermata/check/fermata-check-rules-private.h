/* fermata-check-rules-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "check/fermata-check-private.h"

G_BEGIN_DECLS

/* What is checked: one file a concern. */

/* fermata-check-members.c: walks the members of the node, edge or graph that
 * the check is at. */
FermataCheckWalk   *fermata_check_walk_new          (void);
void                fermata_check_walk_free         (FermataCheckWalk         *walk);
void                fermata_check_members           (FermataCheck             *self,
                                                     FermataThingKind          kind,
                                                     FermataValue             *members,
                                                     guint16                   names);

/* fermata-check-words.c: members that are not there, or should not be. */
void                fermata_check_unknown_member    (FermataCheck             *self,
                                                     const FermataThing       *thing,
                                                     const char               *name);
void                fermata_check_misplaced_member  (FermataCheck             *self,
                                                     const char               *name,
                                                     guint8                    kinds);
void                fermata_check_needs_scxml       (FermataCheck             *self,
                                                     const char               *name);
void                fermata_check_missing_member    (FermataCheck             *self,
                                                     const FermataThing       *thing,
                                                     const FermataThingMember *member);

/* fermata-check-texts.c: the four forms. */
gboolean            fermata_check_text              (FermataCheck             *self,
                                                     const FermataThingMember *member,
                                                     FermataValue             *string,
                                                     guint16                   names);

/* fermata-check-values.c: types, choices and ranges. */
gboolean            fermata_check_value             (FermataCheck             *self,
                                                     const FermataThingMember *member,
                                                     FermataValue             *value);
gboolean            fermata_check_value_fits        (FermataValue             *value,
                                                     FermataMemberTypes        types);
char               *fermata_check_dup_types         (FermataMemberTypes        types);
const char         *fermata_check_describe_value    (FermataValue             *value);

/* fermata-check-parameters.c: node types and their parameters. */
const FermataThing *fermata_check_find_parameters   (FermataCheck             *self,
                                                     FermataValue             *type);
void                fermata_check_type              (FermataCheck             *self,
                                                     FermataValue             *type);
void                fermata_check_parameters_free   (gpointer                  thing);

/* How it runs its bodies; of a type that nobody knows, not at all. */
FermataBodyRule     fermata_check_rule_of_type      (FermataCheck             *self,
                                                     FermataValue             *type);

/* fermata-check-bodies.c, fermata-check-owners.c: what runs graphs. */
FermataValue       *fermata_check_get_object        (FermataValue             *object,
                                                     const char               *name);
void                fermata_check_body              (FermataCheck             *self,
                                                     FermataValue             *task,
                                                     const FermataNodeDescription *description,
                                                     gboolean                  is_node);
void                fermata_check_owner             (FermataCheck             *self,
                                                     FermataValue             *task,
                                                     const FermataNodeDescription *description,
                                                     gboolean                  is_node);

/* fermata-check-loops.c */
gboolean            fermata_check_is_in_loop        (const FermataCheckLevel  *level);
void                fermata_check_exit              (FermataCheck             *self,
                                                     const FermataNodeDescription *description);

/* fermata-check-files.c: the graph that a node runs; NULL: none is known. */
FermataGraph       *fermata_check_file              (FermataCheck             *self,
                                                     FermataValue             *with);

/* fermata-check-policies.c */
void                fermata_check_error_kinds       (FermataCheck             *self,
                                                     FermataValue             *value);
void                fermata_check_default           (FermataCheck             *self,
                                                     FermataValue             *input,
                                                     FermataValue             *value);
void                fermata_check_name              (FermataCheck             *self,
                                                     const char               *name);

/* fermata-check-schema.c */
void                fermata_check_schema            (FermataCheck             *self,
                                                     FermataValue             *schema);

/* fermata-check-shared.c: policies that nodes share by name. */
void                fermata_check_shared            (FermataCheck             *self,
                                                     FermataThingKind          kind,
                                                     FermataValue             *policy);

/* fermata-check-actions.c: what a thing must hold together besides its
 * members one by one. */
void                fermata_check_together          (FermataCheck             *self,
                                                     const FermataThing       *thing,
                                                     FermataValue             *value);

void                fermata_check_action            (FermataCheck             *self,
                                                     FermataValue             *action);

/* fermata-check-events.c, fermata-check-regions.c: what actions do in a machine. */
void                fermata_check_events_of         (FermataCheck             *self,
                                                     FermataValue             *action);
void                fermata_check_note_assigned     (FermataCheck             *self,
                                                     const char               *target);

/* fermata-check-expressions.c */
void                fermata_check_code              (FermataCheck             *self,
                                                     FermataValue             *string);
void                fermata_check_expression        (FermataCheck             *self,
                                                     FermataValue             *string,
                                                     const FermataThingMember *member,
                                                     guint16                   names);
void                fermata_check_template          (FermataCheck             *self,
                                                     FermataValue             *string,
                                                     const FermataThingMember *member,
                                                     guint16                   names);
gboolean            fermata_check_has_braces        (FermataValue             *string);
void                fermata_check_cache_free        (FermataCheckCache        *cache);

/* fermata-check-scxml.c: machines with one of SCXML's data models. */
FermataCheckModel   fermata_check_model_of          (const FermataCheckLevel  *level);
gboolean            fermata_check_needs_data        (const FermataThingMember *member);
void                fermata_check_no_data           (FermataCheck             *self,
                                                     const char               *name);
void                fermata_check_scxml_variable    (FermataCheck             *self,
                                                     const char               *name);
void                fermata_check_foreign_action    (FermataCheck             *self);
gboolean            fermata_check_scxml_together    (FermataCheck             *self,
                                                     const FermataThing       *thing,
                                                     FermataValue             *value);

/* fermata-check-scxml-texts.c: what stands in them. */
gboolean            fermata_check_scxml_text        (FermataCheck             *self,
                                                     const FermataThingMember *member,
                                                     FermataValue             *string);
void                fermata_check_scxml_location    (FermataCheck             *self,
                                                     const char               *location);
void                fermata_check_css_time          (FermataCheck             *self,
                                                     FermataValue             *send);
void                fermata_check_right_free        (FermataCheckRight        *right);

/* fermata-check-paths.c: what need not be compiled. */
gboolean            fermata_check_plain_expression  (FermataCheck             *self,
                                                     FermataValue             *string,
                                                     guint16                   names);
gboolean            fermata_check_plain_template    (FermataCheck             *self,
                                                     FermataValue             *string,
                                                     guint16                   names);

/* fermata-check-scope.c: the names in them. */
gboolean            fermata_check_is_scope_name     (const char               *name);
/* The flags of names (nullable) that expressions see. */
guint16             fermata_check_names_from_strings (const char *const         *strings);

void                fermata_check_uses              (FermataCheck             *self,
                                                     const FermataNameUse     *uses,
                                                     guint                     n_uses,
                                                     gsize                     offset,
                                                     guint16                   names);
void                fermata_check_assigned          (FermataCheck             *self,
                                                     const char               *target,
                                                     guint16                   names);

/* fermata-check-nodes.c, fermata-check-edges.c, fermata-check-input-names.c */
void                fermata_check_collect_nodes     (FermataCheck             *self);
void                fermata_check_id                (FermataCheck             *self,
                                                     FermataValue             *id);
void                fermata_check_collect_edges     (FermataCheck             *self);
void                fermata_check_input_names       (FermataCheck             *self);

/* fermata-check-level.c */
void                fermata_check_add_inner         (FermataCheck             *self,
                                                     FermataValue             *task,
                                                     const char               *name,
                                                     FermataValue             *body,
                                                     guint16                   names);

/* fermata-check-cycles.c, fermata-check-connected.c: what the edges make. */
void                fermata_check_cycles            (FermataCheck             *self);
void                fermata_check_connected         (FermataCheck             *self);

/* fermata-check-pools.c */
void                fermata_check_cases             (FermataCheck             *self);
void                fermata_check_pools             (FermataCheck             *self);

/* fermata-check-machine.c */
void                fermata_check_machine           (FermataCheck             *self);
void                fermata_check_machine_end       (FermataCheck             *self);

G_END_DECLS
