/* chart-fixture.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/statechart/fermata-statechart-private.h"
#include "harness/fermata-test-bed.h"

#include <string.h>

G_BEGIN_DECLS

/* A machine that runs nowhere: its configuration and its histories are what a
 * test says. */
typedef struct {
  FermataTestBed *bed;
  FermataPlan *plan;
  FermataMachine *machine;
} Fixture;

static inline void
fixture_begin (Fixture    *self,
               const char *json,
               const char *active)
{
  g_autoptr (FermataGraph) graph = fermata_test_graph (json);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) ids = g_strsplit (active, " ", -1);

  self->bed = fermata_test_bed_new ();
  self->plan = fermata_engine_compile (self->bed->engine, graph, &error);
  g_assert_no_error (error);
  self->machine = fermata_machine_new (self->plan->chart, self->plan->n_nodes, self->plan->n_edges);
  for (guint i = 0; ids[i] != NULL && *ids[i] != '\0'; i++)
    {
      guint state;

      if (!fermata_plan_find_node (self->plan, ids[i], &state))
        g_error ("no state “%s”", ids[i]);
      fermata_index_list_insert (&self->machine->configuration, state);
    }
}

static inline void
fixture_clear (Fixture *self)
{
  if (self->machine != NULL)
    fermata_machine_free (self->machine);
  fermata_plan_unref (self->plan);
  fermata_test_bed_free (self->bed);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, fixture_clear)

static inline guint
find_state (Fixture    *self,
            const char *id)
{
  guint state = FERMATA_INDEX_NONE;

  if (*id != '\0')
    g_assert_true (fermata_plan_find_node (self->plan, id, &state));

  return state;
}

static inline guint
find_edge (Fixture    *self,
           const char *name)
{
  guint edge;

  if (!fermata_plan_find_edge (self->plan, name, &edge))
    g_error ("no edge “%s”", name);

  return edge;
}

static inline void
set_history (Fixture    *self,
             const char *history,
             const char *states)
{
  FermataIndexList **list = fermata_page_table_write (&self->machine->histories,
                                                      find_state (self, history));
  g_auto (GStrv) ids = g_strsplit (states, " ", -1);

  for (guint i = 0; ids[i] != NULL; i++)
    fermata_index_list_insert (list, find_state (self, ids[i]));
}

static inline FermataIndexList *
list_edges (Fixture    *self,
            const char *names)
{
  g_auto (GStrv) all = g_strsplit (names, " ", -1);
  FermataIndexList *edges = NULL;

  for (guint i = 0; all[i] != NULL && *all[i] != '\0'; i++)
    fermata_index_list_append (&edges, find_edge (self, all[i]));

  return edges;
}

static inline char *
describe (Fixture                *self,
          const FermataIndexList *list,
          gboolean                of_edges)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < fermata_index_list_get_n (list); i++)
    g_string_append_printf (text, "%s%s", i == 0 ? "" : " ",
                            of_edges ? fermata_plan_get_edge_name (self->plan, list->indices[i])
                                     : fermata_plan_get_node_id (self->plan, list->indices[i]));

  return g_string_free (text, FALSE);
}

/* Empties the list. */
static inline void
assert_list (Fixture           *self,
             FermataIndexList **list,
             gboolean           of_edges,
             const char        *expected)
{
  g_autofree char *found = describe (self, *list, of_edges);

  g_assert_cmpstr (found, ==, expected);
  fermata_index_list_clear (list);
}

#define STATES \
  "{ 'id': 's', 'nodes': [ { 'id': 's1' }," \
  "  { 'id': 's2', 'initial': 's22', 'nodes': [ { 'id': 's21' }, { 'id': 's22' } ] }," \
  "  { 'id': 'hs', 'type': 'history' }, { 'id': 'hd', 'type': 'history', 'history': 'deep' } ] }," \
  "{ 'id': 'p', 'type': 'parallel', 'nodes': [" \
  "  { 'id': 'hp', 'type': 'history', 'history': 'deep' }," \
  "  { 'id': 'r1', 'nodes': [ { 'id': 'a1' }, { 'id': 'a2' }, { 'id': 'f1', 'type': 'final' } ] }," \
  "  { 'id': 'r2', 'nodes': [ { 'id': 'b1', 'nodes': [ { 'id': 'b11' }, { 'id': 'b12' } ] }," \
  "                           { 'id': 'f2', 'type': 'final' } ] } ] }," \
  "{ 'id': 'out' }, { 'id': 'end', 'type': 'final' }"

#define EDGES \
  "{ 'id': 'hs-default', 'from': 'hs', 'to': 's2' }," \
  "{ 'id': 'hd-default', 'from': 'hd', 'to': 's21' }," \
  "{ 'id': 'hp-default', 'from': 'hp', 'to': 'a2' }," \
  "{ 'id': 'next', 'from': 's1', 'to': 's2', 'event': 'e' }," \
  "{ 'id': 'self', 'from': 's', 'to': 's', 'event': 'e' }," \
  "{ 'id': 'self-inside', 'from': 's', 'to': 's', 'event': 'e', 'internal': true }," \
  "{ 'id': 'down', 'from': 's', 'to': 's21', 'event': 'e' }," \
  "{ 'id': 'down-inside', 'from': 's', 'to': 's21', 'event': 'e', 'internal': true }," \
  "{ 'id': 'up', 'from': 's21', 'to': 's', 'event': 'e' }," \
  "{ 'id': 'cousin', 'from': 's21', 'to': 's1', 'event': 'e' }," \
  "{ 'id': 'within', 'from': 'a1', 'to': 'a2', 'event': 'e' }," \
  "{ 'id': 'across', 'from': 'a1', 'to': 'b12', 'event': 'e' }," \
  "{ 'id': 'nowhere', 'from': 'a1', 'event': 'e' }," \
  "{ 'id': 'a-leaves', 'from': 'a1', 'to': 'out', 'event': 'e' }," \
  "{ 'id': 'b-moves', 'from': 'b11', 'to': 'b12', 'event': 'e' }," \
  "{ 'id': 'b-leaves', 'from': 'b11', 'to': 'out', 'event': 'e' }," \
  "{ 'id': 'r2-ends', 'from': 'r2', 'to': 'f2', 'event': 'e' }," \
  "{ 'id': 'leave', 'from': 'p', 'to': 'out', 'event': 'e' }," \
  "{ 'id': 'p-inside', 'from': 'p', 'to': 'a2', 'event': 'e', 'internal': true }," \
  "{ 'id': 'both', 'from': 'out', 'to': ['b12', 'a2'], 'event': 'e' }," \
  "{ 'id': 'to-a2', 'from': 'out', 'to': 'a2', 'event': 'e' }," \
  "{ 'id': 'to-p', 'from': 'out', 'to': 'p', 'event': 'e' }," \
  "{ 'id': 'to-s', 'from': 'out', 'to': 's', 'event': 'e' }," \
  "{ 'id': 'to-hs', 'from': 'out', 'to': 'hs', 'event': 'e' }," \
  "{ 'id': 'to-hd', 'from': 'out', 'to': 'hd', 'event': 'e' }," \
  "{ 'id': 'to-hp', 'from': 'out', 'to': 'hp', 'event': 'e' }," \
  "{ 'id': 'child-to-hs', 'from': 's1', 'to': 'hs', 'event': 'e' }"

#define MACHINE "{ 'fermata': 1, 'kind': 'fsm', 'nodes': [" STATES "], 'edges': [" EDGES "] }"

G_END_DECLS
